using OpsDashboard.Testing;

namespace OpsDashboard.Web.Tests.Faults;

/// <summary>The real program, killed without warning while samples come in.</summary>
public sealed class KillTests
{
    private const int Kills = 20;
    private const int Connections = 4;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Program_KilledTwentyTimesUnderLoad_HoldsEveryAcknowledgedBatchExactlyOnce()
    {
        using var data = new TempDirectory();
        await SeededProgram.CreateStoreAsync(data.FullPath, Token);
        await using var app = await AppProcess.StartAsync(new AppProcessOptions { DataDirectory = data.FullPath }, Token);
        var ledger = new Ledger(SeededProgram.Slis);
        var random = new Random(20261122);
        for (var kill = 0; kill < Kills; kill++)
        {
            var enough = ledger.Acknowledged + random.Next(5, 120);
            var senders = Enumerable.Range(0, Connections).Select(_ => ledger.SendUntilAsync(app.Http, () => false, Token)).ToList();
            await Eventually.TrueAsync(() => ledger.Acknowledged >= enough, Token);
            await app.Kill9Async(Token);
            await Task.WhenAll(senders);
            await app.StartAgainAsync(Token);
            await ledger.SendOpenAsync(app.Http, Token);
            Assert.Equal(0, ledger.Open);
        }

        await app.StopAsync(Token);
        Assert.Equal(ledger.Expected(), StoreFile.Totals(data.FullPath));
    }
}
