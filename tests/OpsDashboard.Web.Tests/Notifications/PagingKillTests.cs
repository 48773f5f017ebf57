using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Data.Sqlite;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Testing;

namespace OpsDashboard.Web.Tests.Notifications;

/// <summary>The program is killed at the two instants that matter, and each time ends with the message sent and nothing owed.</summary>
public sealed class PagingKillTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_BetweenClaimAndSend_SendsAfterTheRestart()
    {
        using var directory = new TempDirectory();
        // Accepts no connection: the try is claimed, but nothing reaches the provider.
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port;
        await OutboxPlanting.PlantMessageAsync(directory.FullPath, Webhook($"http://127.0.0.1:{port}/page"), Token);
        await using var app = await AppProcess.StartAsync(Options(directory.FullPath), Token);
        await Eventually.TrueAsync(() => StateOf(directory.FullPath) == "Sending", Token);

        await app.Kill9Async(Token);
        silent.Stop();
        await using var receiver = await PageReceiver.StartAsync(port);
        await app.StartAgainAsync(Token);

        // A neighbour that is gone is not waited for.
        await Eventually.TrueAsync(() => StateOf(directory.FullPath) == "Sent", Token);
        Assert.Single(receiver.All);
        Assert.Equal(["Unknown", "Sent"], Outcomes(directory.FullPath));
    }

    [Fact]
    public async Task Kill_BetweenSendAndRecord_SendsAgainWithTheSameKey()
    {
        using var directory = new TempDirectory();
        await using var receiver = await PageReceiver.StartAsync();
        receiver.Answer = async (_, before, closing) =>
        {
            if (before == 0)
            {
                // Taken, but the answer never arrives.
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, closing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return 200;
        };
        await OutboxPlanting.PlantMessageAsync(directory.FullPath, Webhook($"{receiver.Url}/page"), Token);
        await using var app = await AppProcess.StartAsync(Options(directory.FullPath), Token);
        await Eventually.TrueAsync(() => receiver.All.Count == 1, Token);

        await app.Kill9Async(Token);
        await app.StartAgainAsync(Token);

        await Eventually.TrueAsync(() => StateOf(directory.FullPath) == "Sent", Token);
        Assert.Equal(2, receiver.All.Count);
        Assert.Single(receiver.Distinct);
        Assert.Equal(["Unknown", "Sent"], Outcomes(directory.FullPath));
    }

    [Fact]
    public async Task Stop_InTheMiddleOfATry_RecordsItsEnd()
    {
        using var directory = new TempDirectory();
        await using var receiver = await PageReceiver.StartAsync();
        var stopping = new TaskCompletionSource();
        receiver.Answer = async (_, _, closing) =>
        {
            await stopping.Task.WaitAsync(closing);
            return 200;
        };
        await OutboxPlanting.PlantMessageAsync(directory.FullPath, Webhook($"{receiver.Url}/page"), Token);
        await using var app = await AppProcess.StartAsync(Options(directory.FullPath), Token);
        await Eventually.TrueAsync(() => receiver.All.Count == 1, Token);

        var stopped = app.StopAsync(Token);
        stopping.SetResult();

        Assert.Equal(0, await stopped);
        Assert.Equal("Sent", StateOf(directory.FullPath));
        Assert.Single(receiver.All);
    }

    [Fact]
    public async Task Mail_OverStartTlsWithLogin_IsDelivered_AndAnUntrustedServerGetsNothing()
    {
        using var directory = new TempDirectory();
        var (certificate, key) = await CertificateAsync(directory);
        var password = directory.Combine("password");
        await File.WriteAllTextAsync(password, "right", Token);
        await using var smtp = await SmtpProcess.StartAsync(new SmtpProcessOptions(User: "ops", Password: "right", Certificate: certificate, Key: key), Token);
        var data = Directory.CreateDirectory(directory.Combine("data")).FullName;
        await OutboxPlanting.PlantMessageAsync(data, new OutgoingMessage { DedupeKey = "mail", Channel = Channel.Email, Address = "anna@example.org", Subject = "Page", Text = "Text" }, Token);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Smtp__Host"] = "localhost",
            ["Smtp__Port"] = $"{smtp.Port}",
            ["Smtp__From"] = "ops@example.org",
            ["Smtp__User"] = "ops",
            ["Smtp__PasswordFile"] = password,
        };

        await using (var untrusting = await AppProcess.StartAsync(Options(data) with { Settings = settings }, Token))
        {
            await Eventually.TrueAsync(() => NoteOf(data).Length > 0, Token);
            Assert.Contains("not trusted", NoteOf(data), StringComparison.Ordinal);
            Assert.Empty(smtp.Taken);
        }

        await using var trusting = await AppProcess.StartAsync(Options(data) with { Settings = new Dictionary<string, string>(settings, StringComparer.Ordinal) { ["SSL_CERT_FILE"] = certificate } }, Token);
        await Eventually.TrueAsync(() => StateOf(data) == "Sent", Token);
        var mail = Assert.Single(smtp.Taken);
        Assert.Equal((true, "ops"), (mail.Secure, mail.User));
    }

    private static AppProcessOptions Options(string directory) => new()
    {
        DataDirectory = directory,
        Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Outbound__AllowPrivateTargets"] = "true", ["Paging__AttemptTimeoutSeconds"] = "30" },
    };

    private static OutgoingMessage Webhook(string address) => new() { DedupeKey = "page", Channel = Channel.Webhook, Address = address, Subject = "Page", Text = "Text" };

    private static string StateOf(string directory) => Read(directory, "SELECT State FROM Outbox").Single();

    private static string NoteOf(string directory) => Read(directory, "SELECT COALESCE(Note, '') FROM Outbox").Single();

    private static List<string> Outcomes(string directory) => Read(directory, "SELECT Outcome FROM DeliveryAttempts ORDER BY Number");

    private static List<string> Read(string directory, string text)
    {
        using var connection = StoreFile.Open(directory);
        using var command = connection.CreateCommand();
        command.CommandText = text;
        using SqliteDataReader rows = command.ExecuteReader();
        var found = new List<string>();
        while (rows.Read())
        {
            found.Add(rows.GetString(0));
        }

        return found;
    }

    private static async Task<(string Certificate, string Key)> CertificateAsync(TempDirectory directory)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        await File.WriteAllTextAsync(directory.Combine("smtp.crt"), certificate.ExportCertificatePem(), Token);
        await File.WriteAllTextAsync(directory.Combine("smtp.key"), key.ExportPkcs8PrivateKeyPem(), Token);
        return (directory.Combine("smtp.crt"), directory.Combine("smtp.key"));
    }
}
