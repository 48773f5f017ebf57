using System.Diagnostics;
using System.Net;
using OpsDashboard.Testing;

namespace OpsDashboard.Web.Tests.Faults;

/// <summary>The real program on a store that refuses for a while.</summary>
public sealed class StoreFaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Store_LockedForTenSeconds_LosesNothingAndResumes()
    {
        using var data = new TempDirectory();
        await SeededProgram.CreateStoreAsync(data.FullPath, Token);
        await using var app = await AppProcess.StartAsync(new AppProcessOptions { DataDirectory = data.FullPath }, Token);
        var ledger = new Ledger(SeededProgram.Slis);
        Assert.Equal(HttpStatusCode.Accepted, await ledger.SendNextAsync(app.Http, Token));

        var over = false;
        Task senders;
        using (StoreLock.Take(data.FullPath))
        {
            // Requests wait for the lock or are told to come again; reading goes on.
            senders = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ledger.SendUntilAsync(app.Http, () => Volatile.Read(ref over), Token)));
            await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System, Token);
            Assert.Equal(1, ledger.Acknowledged);
            Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync("/api/v1/slos?platform=shop", Token)).StatusCode);
        }

        await Eventually.TrueAsync(() => ledger.Acknowledged > 20, Token);
        Volatile.Write(ref over, true);
        await senders;
        await ledger.SendOpenAsync(app.Http, Token);
        await app.StopAsync(Token);
        Assert.Equal(0, ledger.Open);
        Assert.Equal(ledger.Expected(), StoreFile.Totals(data.FullPath));
    }

    [Fact]
    public async Task Disk_Full_Answers503LosesNothingAndResumesByItself()
    {
        using var disk = SmallDisk.TryMount(48);
        Assert.SkipWhen(disk is null, "A disk of a few MB needs the right to mount one.");
        await SeededProgram.CreateStoreAsync(disk!.Path, Token);
        await using var app = await AppProcess.StartAsync(new AppProcessOptions { DataDirectory = disk.Path }, Token);
        var ledger = new Ledger(SeededProgram.Slis);
        Assert.Equal(HttpStatusCode.Accepted, await ledger.SendNextAsync(app.Http, Token));

        disk.Fill();
        await Eventually.TrueAsync(async () => await ledger.SendNextAsync(app.Http, Token) == HttpStatusCode.ServiceUnavailable, Token, TimeSpan.FromSeconds(60));
        for (var i = 0; i < 10; i++)
        {
            await ledger.SendNextAsync(app.Http, Token);
        }

        disk.MakeRoom();
        await Eventually.TrueAsync(async () => await ledger.SendNextAsync(app.Http, Token) == HttpStatusCode.Accepted, Token);
        await ledger.SendOpenAsync(app.Http, Token);
        Assert.Equal(0, ledger.Open);
        await app.StopAsync(Token);
        Assert.Equal(ledger.Expected(), StoreFile.Totals(disk.Path));
    }

    /// <summary>A file system in memory that is really full when it is full.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private readonly TempDirectory _directory = new();

        public string Path => _directory.FullPath;

        private string Ballast => System.IO.Path.Combine(Path, "ballast");

        public static SmallDisk? TryMount(int megabytes)
        {
            var disk = new SmallDisk();
            if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", disk.Path))
            {
                return disk;
            }

            disk._directory.Dispose();
            return null;
        }

        /// <summary>To the last byte.</summary>
        public void Fill()
        {
            using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
            var block = new byte[4096];
            try
            {
                while (true)
                {
                    file.Write(block);
                }
            }
            catch (IOException)
            {
                // Full.
            }
        }

        public void MakeRoom() => File.Delete(Ballast);

        public void Dispose()
        {
            Run("umount", "-l", Path);
            _directory.Dispose();
        }

        private static bool Run(string program, params string[] arguments)
        {
            try
            {
                using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
                process.StandardError.ReadToEnd();
                process.WaitForExit();
                return process.ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }
    }
}
