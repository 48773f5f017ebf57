using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Telemetry.Prometheus;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Telemetry.Prometheus;

/// <summary>What a source says is believed only as far as it can be true.</summary>
public sealed class LyingSourceTests
{
    private const int From = 29_000_000;
    private const int To = From + 3;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[]}}""", "not a matrix")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1740000060,"1"],[1740000060,"1"]]}]}}""", "out of order")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1740000120,"1"],[1740000060,"1"]]}]}}""", "out of order")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1740000065,"1"]]}]}}""", "whole minutes")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1740009000,"1"]]}]}}""", "outside the span")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1740000060,"many"]]}]}}""", "is no number")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[]},{"metric":{"a":"b"},"values":[]}]}}""", "2 series")]
    [InlineData("""{"status":"error","errorType":"bad_data","error":"parse error at char 3"}""", "parse error at char 3")]
    [InlineData("""{"status":"success"}""", "not JSON of the Prometheus API")]
    [InlineData("<html>Sign in</html>", "not JSON of the Prometheus API")]
    [InlineData("[]", "not one of the Prometheus API")]
    [InlineData("", "not JSON of the Prometheus API")]
    public async Task Answer_ThatCannotBe_IsAFaultWithItsReason(string answer, string reason)
    {
        await using var server = await LocalServer.StartAsync((context, _) => context.Response.WriteAsync(answer));

        var fault = await Assert.ThrowsAsync<SourceFaultException>(() => ReadAsync(server, Ratio));

        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.False(fault.MayPass);
    }

    [Theory]
    [InlineData("NaN", "100", "is no count")]
    [InlineData("+Inf", "100", "is no count")]
    [InlineData("-3", "100", "is no count")]
    [InlineData("150", "100", "good (150) exceeds total (100)")]
    public async Task Minute_ThatCannotBe_IsLeftOutAndTold(string good, string total, string reason)
    {
        await using var server = await LocalServer.StartAsync((context, _) => AnswerAsync(context, good, total));

        var span = await ReadAsync(server, Ratio);

        var kept = Assert.Single(span.Minutes);
        Assert.Equal((From + 1, 90L, 100L), (kept.Minute, kept.Cell.Good, kept.Cell.Total));
        Assert.Contains(reason, span.Objection, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_WithFractions_AreRoundedAndGoodNeverExceedsTotal()
    {
        await using var server = await LocalServer.StartAsync((context, _) => AnswerAsync(context, "99.5000001", "99.5"));

        var span = await ReadAsync(server, Ratio);

        Assert.Equal((100L, 100L), (span.Minutes[0].Cell.Good, span.Minutes[0].Cell.Total));
        Assert.Null(span.Objection);
    }

    [Fact]
    public async Task Bad_Missing_CountsAsNone()
    {
        await using var server = await LocalServer.StartAsync((context, _) =>
            Query(context) == "bad" ? context.Response.WriteAsync(Matrix()) : context.Response.WriteAsync(Matrix((From, "100"))));

        var span = await ReadAsync(server, Ratio with { Good = null, Bad = "bad" });

        Assert.Equal((100L, 100L), (span.Minutes[0].Cell.Good, span.Minutes[0].Cell.Total));
    }

    [Fact]
    public async Task Total_Missing_IsNoDataAndNotAllGood()
    {
        await using var server = await LocalServer.StartAsync((context, _) => context.Response.WriteAsync(Matrix()));

        var span = await ReadAsync(server, Ratio);

        Assert.Empty(span.Minutes);
    }

    [Fact]
    public async Task Source_ThatAnswers500_IsAskedOnceMoreAndMayPass()
    {
        var asked = 0;
        await using var server = await LocalServer.StartAsync((context, _) =>
        {
            Interlocked.Increment(ref asked);
            context.Response.StatusCode = 500;
            return context.Response.WriteAsync("""{"status":"error","error":"out of memory"}""");
        });

        var fault = await Assert.ThrowsAsync<SourceFaultException>(() => ReadAsync(server, Ratio));

        Assert.Equal("The source answered 500: out of memory.", fault.Message);
        Assert.True(fault.MayPass);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Source_ThatHangs_IsLeftAfterTheTimeout()
    {
        await using var server = await LocalServer.StartAsync((_, self) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, self.Closing)
            .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default));

        var fault = await Assert.ThrowsAsync<SourceFaultException>(() => ReadAsync(server, Ratio, timeoutSeconds: 1));

        Assert.Equal("No answer within 1 s.", fault.Message);
    }

    [Fact]
    public async Task Source_ThatIsGone_IsAFaultThatMayPass()
    {
        var server = await LocalServer.StartAsync((_, _) => Task.CompletedTask);
        var url = server.Url;
        await server.DisposeAsync();

        var fault = await Assert.ThrowsAsync<SourceFaultException>(() => ReadAsync(url, Ratio, 5));

        Assert.Equal("The connection was refused.", fault.Message);
        Assert.True(fault.MayPass);
    }

    [Fact]
    public async Task Answer_LargerThanAllowed_IsNotRead()
    {
        await using var server = await LocalServer.StartAsync((context, _) => context.Response.WriteAsync(new string(' ', 70_000)));

        var fault = await Assert.ThrowsAsync<SourceFaultException>(() => ReadAsync(server, Ratio));

        Assert.Contains("larger than 65536 bytes", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_Answered_IsNotFollowed()
    {
        await using var server = await LocalServer.StartAsync((context, _) =>
        {
            context.Response.Redirect("http://169.254.169.254/latest/meta-data");
            return Task.CompletedTask;
        });

        var fault = await Assert.ThrowsAsync<SourceFaultException>(() => ReadAsync(server, Ratio));

        Assert.Equal("The source answered 302.", fault.Message);
    }

    [Fact]
    public async Task Span_TheSourceHasNotLivedThrough_IsNotTakenAsEmpty()
    {
        await using var server = await LocalServer.StartAsync((context, _) =>
        {
            context.Response.Headers.Date = DateTimeOffset.FromUnixTimeSeconds((To - 1) * 60L).ToString("R", CultureInfo.InvariantCulture);
            return context.Response.WriteAsync(Matrix());
        });

        var fault = await Assert.ThrowsAsync<SourceFaultException>(() => ReadAsync(server, Ratio));

        Assert.Contains("one of the two clocks is wrong", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LinkLocalSource_Asked_IsRefused()
    {
        var fault = await Assert.ThrowsAsync<SourceFaultException>(() => ReadAsync("http://169.254.169.254", Ratio, 5));

        Assert.Contains("link-local", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_Sent_CarriesTokenAndHeaders()
    {
        using var secrets = new TempDirectory();
        await File.WriteAllTextAsync(secrets.Combine("mimir"), "s3cret\n", Token);
        string? authorization = null, tenant = null;
        await using var server = await LocalServer.StartAsync((context, _) =>
        {
            authorization = context.Request.Headers.Authorization;
            tenant = context.Request.Headers["X-Scope-OrgID"];
            return context.Response.WriteAsync(Matrix());
        });

        await ReadAsync(server.Url, Ratio, 5, secrets.FullPath, new PrometheusSettings
        {
            TokenFile = "mimir",
            Headers = new Dictionary<string, string> { ["X-Scope-OrgID"] = "shop" },
        });

        Assert.Equal("Bearer s3cret", authorization);
        Assert.Equal("shop", tenant);
    }

    [Theory]
    [InlineData("Host", "x")]
    [InlineData("Authorization", "x")]
    [InlineData("X-A", "line\nbreak")]
    [InlineData("X A", "x")]
    public void Header_ThatWouldChangeTheRequest_IsRefused(string name, string value) =>
        Assert.Single(new PrometheusSettings { Headers = new Dictionary<string, string> { [name] = value } }.Check());

    [Fact]
    public void TokenVariable_OutsideItsPrefix_IsRefused() =>
        Assert.Equal("tokenVariable.name", Assert.Single(new PrometheusSettings { TokenVariable = "HOME" }.Check()).Rule);

    private static SliSource.Prometheus Ratio { get; } = new() { Good = "good", Total = "total" };

    private static Task<PolledSpan> ReadAsync(LocalServer server, SliSource.Prometheus source, int timeoutSeconds = 5) =>
        ReadAsync(server.Url, source, timeoutSeconds);

    private static async Task<PolledSpan> ReadAsync(
        string url, SliSource.Prometheus source, int timeoutSeconds, string secretsDirectory = "", PrometheusSettings? settings = null)
    {
        var options = new PrometheusOptions { TimeoutSeconds = timeoutSeconds, MaxResponseBytes = 65_536, SecretsDirectory = secretsDirectory };
        var secrets = new SourceSecrets(Options.Create(options), Options.Create(new StoreOptions()));
        using var client = new PrometheusClient(url, settings ?? new(), options, secrets, TimeProvider.System);
        var sli = new SliDefinition { Id = "a/b/c", Platform = "a", Service = "b", Name = "c", Kind = SliKind.Ratio, Source = source };
        return await SliQuery.ReadAsync(client, sli, From, To, Token);
    }

    /// <summary>The first minute as told; the second is sound.</summary>
    private static Task AnswerAsync(HttpContext context, string good, string total) =>
        context.Response.WriteAsync(Query(context) == "good" ? Matrix((From, good), (From + 1, "90")) : Matrix((From, total), (From + 1, "100")));

    private static string Query(HttpContext context) => context.Request.Form["query"].ToString();

    private static string Matrix(params (int Minute, string Value)[] points)
    {
        var text = new StringBuilder("""{"status":"success","data":{"resultType":"matrix","result":[""");
        if (points.Length > 0)
        {
            text.Append("""{"metric":{},"values":[""");
            text.AppendJoin(',', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"[{(point.Minute + 1) * 60L},\"{point.Value}\"]")));
            text.Append("]}");
        }

        return text.Append("]}}").ToString();
    }
}
