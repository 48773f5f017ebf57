using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Telemetry.Probes;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Telemetry.Probes;

/// <summary>Probes against real servers on the loopback, which is a private network and so has to be allowed.</summary>
public sealed class ProbeRunnerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Http_AnsweredAsExpected_IsUpWithItsLatency()
    {
        await using var server = await LocalServer.StartAsync((context, _) => context.Response.WriteAsync("all systems go"));

        var result = await RunAsync(Http(server.Url) with { BodyContains = "systems go" });

        Assert.Equal(ProbeVerdict.Up, result.Verdict);
        Assert.InRange(result.Milliseconds!.Value, 0.001m, 5_000m);
    }

    [Theory]
    [InlineData(503, null, "Status 503 instead of 200 to 299.")]
    [InlineData(301, null, "Status 301 instead of 200 to 299.")]
    [InlineData(200, 204, "Status 200 instead of 204.")]
    public async Task Http_WithAnotherStatus_IsDown(int status, int? expected, string detail)
    {
        var asked = 0;
        await using var server = await LocalServer.StartAsync((context, self) =>
        {
            Interlocked.Increment(ref asked);
            context.Response.StatusCode = status;
            context.Response.Headers.Location = self.Url + "/elsewhere";
            return Task.CompletedTask;
        });

        var result = await RunAsync(Http(server.Url) with { ExpectStatus = expected });

        Assert.Equal((ProbeVerdict.Down, detail), (result.Verdict, result.Detail));
        Assert.NotNull(result.Milliseconds);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Http_WithoutTheText_IsDown()
    {
        await using var server = await LocalServer.StartAsync((context, _) => context.Response.WriteAsync("maintenance"));

        var result = await RunAsync(Http(server.Url) with { BodyContains = "welcome" });

        Assert.Equal((ProbeVerdict.Down, "Status 200, but the body lacks the text."), (result.Verdict, result.Detail));
    }

    [Fact]
    public async Task Http_ThatHangs_IsDownAndTheWaitIsItsLatency()
    {
        await using var server = await LocalServer.StartAsync((_, self) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, self.Closing)
            .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default));

        var result = await RunAsync(Http(server.Url) with { TimeoutSeconds = 1 });

        Assert.Equal((ProbeVerdict.Down, "No answer within 1 s."), (result.Verdict, result.Detail));
        Assert.InRange(result.Milliseconds!.Value, 900m, 10_000m);
    }

    [Fact]
    public async Task Http_NotListening_IsDownWithoutALatency()
    {
        var server = await LocalServer.StartAsync((_, _) => Task.CompletedTask);
        var url = server.Url;
        await server.DisposeAsync();

        var result = await RunAsync(Http(url));

        Assert.Equal(new ProbeResult(ProbeVerdict.Down, null, null, "The connection was refused."), result);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://[::1]:{0}/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://10.0.0.1/")]
    public async Task Http_ToAPrivateTargetNotAllowed_IsRefusedBeforeAnythingIsSent(string target)
    {
        var asked = 0;
        await using var server = await LocalServer.StartAsync((_, _) =>
        {
            Interlocked.Increment(ref asked);
            return Task.CompletedTask;
        });

        var result = await RunAsync(Http(string.Format(System.Globalization.CultureInfo.InvariantCulture, target, server.Port)), allow: []);

        Assert.Equal(ProbeVerdict.Refused, result.Verdict);
        Assert.Null(result.Milliseconds);
        Assert.Equal(0, asked);
    }

    [Fact]
    public async Task Tcp_OpenAndClosed_IsUpAndDown()
    {
        var server = await LocalServer.StartAsync((_, _) => Task.CompletedTask);
        var probe = Http("") with { Kind = ProbeKind.Tcp, Target = $"127.0.0.1:{server.Port}" };

        var open = await RunAsync(probe);
        var refused = await RunAsync(probe, allow: []);
        await server.DisposeAsync();
        var closed = await RunAsync(probe);

        Assert.Equal(ProbeVerdict.Up, open.Verdict);
        Assert.Equal(ProbeVerdict.Refused, refused.Verdict);
        Assert.Equal(ProbeVerdict.Down, closed.Verdict);
    }

    [Theory]
    [InlineData(30, true, nameof(ProbeVerdict.Up))]
    [InlineData(30, false, nameof(ProbeVerdict.Down))]
    [InlineData(-1, true, nameof(ProbeVerdict.Down))]
    public async Task Tls_OfACertificate_TellsItsDaysLeft(int days, bool trustAnyIssuer, string verdict)
    {
        using var certificate = SelfSigned(days);
        await using var server = await LocalServer.StartAsync((_, _) => Task.CompletedTask, listen => listen.UseHttps(certificate));

        var result = await RunAsync(Http("") with { Kind = ProbeKind.Tls, Target = $"localhost:{server.Port}", TrustAnyIssuer = trustAnyIssuer });

        Assert.Equal(Enum.Parse<ProbeVerdict>(verdict), result.Verdict);
        Assert.InRange(result.DaysLeft!.Value, days - 0.01m, days + 0.01m);
    }

    [Fact]
    public void NextRunMs_OfManyProbes_IsSpreadOverTheInterval()
    {
        const long now = 1_700_000_000_000;
        var runs = Enumerable.Range(0, 100).Select(i => ProbeScheduler.NextRunMs($"shop/web/p{i}", 60, now)).ToList();

        Assert.All(runs, run => Assert.InRange(run, now + 1, now + 60_000));
        Assert.True(runs.Select(run => run / 6_000).Distinct().Count() >= 9, "Probes crowd together.");
        Assert.Equal(runs[0] + 60_000, ProbeScheduler.NextRunMs("shop/web/p0", 60, runs[0]));
    }

    private static ProbeDefinition Http(string url) =>
        new() { Platform = "shop", Service = "web", Name = "front", Kind = ProbeKind.Http, Target = url, TimeoutSeconds = 10 };

    private static Task<ProbeResult> RunAsync(ProbeDefinition probe, string[]? allow = null)
    {
        var options = new ProbesOptions();
        foreach (var target in allow ?? ["127.0.0.0/8", "::1"])
        {
            options.AllowTargets.Add(target);
        }

        return new ProbeRunner(Options.Create(options), TimeProvider.System).RunAsync(probe, Token);
    }

    private static X509Certificate2 SelfSigned(int daysLeft)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-10), now.AddDays(daysLeft));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
