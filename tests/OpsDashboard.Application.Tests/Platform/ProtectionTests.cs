using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Notifications.Contacts;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.OnCall.Store;
using OpsDashboard.Application.Platform.Protection;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Platform;

/// <summary>What the store says to somebody who only has the store.</summary>
public sealed class ProtectionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ContactData_InTheStoreAndTheTrail_IsNowhereInClear()
    {
        using var directory = new TempDirectory();
        await using (var app = await InProcessApp.StartAsync(Token, dataDirectory: directory.FullPath))
        {
            await using var scope = app.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CallerContext>().Current = TestCallers.Viewer;
            var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
            db.Add(new PersonRow { Id = "anna", Name = "anna", Roles = "", Zone = "UTC", Author = "test", UpdatedAtMs = 0 });
            await db.SaveChangesAsync(Token);
            var dispatcher = scope.ServiceProvider.GetRequiredService<IDispatcher>();
            var added = await dispatcher.Send(new AddContactMethod { PersonId = "anna", Channel = Channel.Email, Address = "anna.secret@example.org" }, Token);
            Assert.Null(added.Failure);
            var twice = await dispatcher.Send(new AddContactMethod { PersonId = "anna", Channel = Channel.Email, Address = "Anna.Secret@example.org" }, Token);
            Assert.Equal("address.unique", twice.Failure!.Faults.Single().Rule);
            scope.ServiceProvider.GetRequiredService<Outbox>().Enqueue(new OutgoingMessage { DedupeKey = "one", Channel = Channel.Email, Address = "anna.secret@example.org", Subject = "s", Text = "t", NotBeforeMs = long.MaxValue / 2 });
            await db.SaveChangesAsync(Token);
            var row = await db.Set<ContactMethodRow>().AsNoTracking().SingleAsync(Token);
            Assert.Equal("anna.secret@example.org", app.Open(row.Address));
        }

        foreach (var file in Directory.EnumerateFiles(directory.FullPath, "*", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllBytesAsync(file, Token);
            Assert.Equal(-1, bytes.AsSpan().IndexOf("anna.secret"u8));
            Assert.Equal(-1, bytes.AsSpan().IndexOf("Anna.Secret"u8));
        }
    }

    [Fact]
    public async Task Keys_OnceWrappedByACertificate_OpenWithItAndWithNothingElse()
    {
        using var directory = new TempDirectory();
        using var elsewhere = new TempDirectory();
        var (first, second) = (Certificate(elsewhere, "first"), Certificate(elsewhere, "second"));
        var field = await CloseAsync(directory, []);
        Assert.Contains(await KeysAsync(directory, []), xml => xml.Contains("<value>", StringComparison.Ordinal));

        Assert.Equal("a word", await OpenAsync(directory, field, $"Protection:CertificateFile={first}"));
        Assert.DoesNotContain(await KeysAsync(directory, [$"Protection:CertificateFile={first}"]), xml => xml.Contains("<value>", StringComparison.Ordinal));
        Assert.Equal("a word", await OpenAsync(directory, field, $"Protection:CertificateFile={second}", $"Protection:PreviousCertificateFile={first}"));
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => OpenAsync(directory, field, $"Protection:CertificateFile={second}"));
        Assert.Contains("Protection:CertificateFile", refused.Message, StringComparison.Ordinal);
    }

    private static string Certificate(TempDirectory directory, string name)
    {
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        var path = Path.Combine(directory.FullPath, $"{name}.p12");
        File.WriteAllBytes(path, made.Export(X509ContentType.Pkcs12));
        return path;
    }

    private static async Task<Sealed> CloseAsync(TempDirectory directory, string[] settings)
    {
        await using var app = await InProcessApp.StartAsync(Token, dataDirectory: directory.FullPath, settings: settings);
        return app.Services.GetRequiredService<IFieldSeal>().Close("a word");
    }

    private static async Task<string?> OpenAsync(TempDirectory directory, Sealed field, params string[] settings)
    {
        await using var app = await InProcessApp.StartAsync(Token, dataDirectory: directory.FullPath, settings: settings);
        return app.Open(field);
    }

    private static async Task<IReadOnlyList<string>> KeysAsync(TempDirectory directory, string[] settings)
    {
        await using var app = await InProcessApp.StartAsync(Token, dataDirectory: directory.FullPath, settings: settings);
        return [.. app.Services.GetRequiredService<StoredKeys>().Read().Select(key => key.Xml)];
    }
}
