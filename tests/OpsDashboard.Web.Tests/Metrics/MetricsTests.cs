using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using OpsDashboard.Testing;
using OpsDashboard.Web.Metrics;

namespace OpsDashboard.Web.Tests.Metrics;

public sealed partial class MetricsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_EveryObjective_HasItsFourFiguresUnderTheFixedNames()
    {
        await using var app = await Boards.StartEmptyAsync(Token);
        var ids = await app.FillAsync(12, 70, Token);
        await app.JudgedAsync(11, Token);

        var answer = await app.Http.GetAsync("/metrics", Token);
        var samples = Parse(await answer.Content.ReadAsStringAsync(Token));

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        var labels = string.Create(CultureInfo.InvariantCulture, $$"""platform="agent-mesh",service="vector-index-eu-central",slo="{{ids[3].Split('/')[2]}}",""");
        labels = labels[..^1];
        Assert.Equal(0.999, samples[$"ops_slo_target_ratio{{{labels}}}"]);
        Assert.InRange(samples[$"ops_slo_sli_ratio{{{labels}}}"], 0.9, 0.9989);
        Assert.True(samples[$"ops_slo_budget_remaining_ratio{{{labels}}}"] < 0);
        Assert.True(samples[$"ops_slo_burn_rate{{{labels},window=\"1h\"}}"] >= 0);
        Assert.Equal(12, samples.Keys.Count(key => key.StartsWith("ops_slo_target_ratio{", StringComparison.Ordinal)));
        Assert.Equal(11, samples.Keys.Count(key => key.StartsWith("ops_slo_sli_ratio{", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Metrics_OwnMeters_CountWhatHappened()
    {
        await using var app = await Boards.StartEmptyAsync(Token);
        await app.FillAsync(1, 30, Token);

        var samples = Parse(await app.Http.GetStringAsync("/metrics", Token));

        Assert.Equal(30, samples["ops_telemetry_samples_total"]);
        Assert.Equal(0, samples["ops_live_connections"]);
        Assert.Equal(
            samples["""ops_platform_request_duration_seconds_bucket{request="ListSloStatuses",result="ok",le="+Inf"}"""],
            samples["""ops_platform_request_duration_seconds_count{request="ListSloStatuses",result="ok"}"""]);
    }

    [Fact]
    public async Task Metrics_ReadByPromtool_HasNoFault()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/promtool"), "promtool is not installed");
        await using var app = await Boards.StartEmptyAsync(Token);
        await app.FillAsync(12, 70, Token);
        await app.JudgedAsync(11, Token);

        using var tool = Process.Start(new ProcessStartInfo("/usr/bin/promtool", ["check", "metrics"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        await tool.StandardInput.WriteAsync((await app.Http.GetStringAsync("/metrics", Token)).AsMemory(), Token);
        tool.StandardInput.Close();
        var said = await tool.StandardError.ReadToEndAsync(Token) + await tool.StandardOutput.ReadToEndAsync(Token);
        await tool.WaitForExitAsync(Token);

        Assert.True(tool.ExitCode == 0, said);
    }

    [Fact]
    public async Task Metrics_ScrapedByARealPrometheus_AnswerItsQueries()
    {
        Assert.SkipUnless(PrometheusProcess.IsInstalled, "prometheus is not installed");
        await using var app = await Boards.StartEmptyAsync(Token);
        var ids = await app.FillAsync(12, 70, Token);
        await app.JudgedAsync(11, Token);
        await using var prometheus = await PrometheusProcess.StartAsync([new Uri(app.Url).Authority], Token);
        using var http = new HttpClient { BaseAddress = new Uri(prometheus.Url) };

        // It listens before it answers: until then every query is a 503.
        await Eventually.TrueAsync(async () => (await http.GetAsync("/-/ready", Token)).IsSuccessStatusCode, Token);
        await Eventually.TrueAsync(
            async () => (await http.GetStringAsync("/api/v1/query?query=count(ops_slo_target_ratio)", Token)).Contains("\"12\"", StringComparison.Ordinal),
            Token);

        var overspent = await http.GetStringAsync("/api/v1/query?query=ops_slo_budget_remaining_ratio<0", Token);
        Assert.Contains($"\"slo\":\"{ids[3].Split('/')[2]}\"", overspent, StringComparison.Ordinal);
        var up = await http.GetStringAsync("/api/v1/query?query=up", Token);
        Assert.Contains("\"1\"", up, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_SpecialLetters_AreEscapedAsTheFormatAsks() =>
        Assert.Equal("""a_b="say \"hi\" \\ \n done",c="ü" """.Trim(), PrometheusText.Labels(("a.b", "say \"hi\" \\ \n done"), ("c", "ü")));

    [Fact]
    public void Help_WithNewlineAndBackslash_StaysOneLine()
    {
        var text = new PrometheusText();

        text.Family("x", "gauge", "one\ntwo \\ three");

        Assert.Equal("# HELP x one\\ntwo \\\\ three\n# TYPE x gauge\n", text.ToString());
    }

    /// <summary>Reads the format strictly: a family is announced once and before its samples, no sample comes twice.</summary>
    private static Dictionary<string, double> Parse(string text)
    {
        var samples = new Dictionary<string, double>(StringComparer.Ordinal);
        var families = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                Assert.True(families.Add(line.Split(' ')[2]), line);
            }
            else if (!line.StartsWith('#'))
            {
                var match = Sample().Match(line);
                Assert.True(match.Success, line);
                var family = Suffix().Replace(match.Groups["name"].Value, "");
                Assert.True(families.Contains(match.Groups["name"].Value) || families.Contains(family), line);
                var value = match.Groups["value"].Value;
                samples.Add(
                    match.Groups["name"].Value + match.Groups["labels"].Value,
                    value == "+Inf" ? double.PositiveInfinity : double.Parse(value, CultureInfo.InvariantCulture));
            }
        }

        return samples;
    }

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?<labels>\{([a-zA-Z_][a-zA-Z0-9_]*="(\\[\\"n]|[^"\\])*",?)+\})? (?<value>\S+)$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sample();

    [GeneratedRegex("_(bucket|sum|count)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Suffix();
}
