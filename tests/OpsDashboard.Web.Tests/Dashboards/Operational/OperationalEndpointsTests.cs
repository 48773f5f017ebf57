using System.Net;
using System.Text.RegularExpressions;
using OpsDashboard.Testing;

namespace OpsDashboard.Web.Tests.Dashboards.Operational;

/// <summary>What the operational screens serve over HTTP: the page before its circuit, reasons, and the wallboard.</summary>
public sealed partial class OperationalEndpointsTests : IAsyncLifetime
{
    private InProcessApp _app = null!;
    private IReadOnlyList<string> _ids = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await Boards.StartEmptyAsync(Token);
        _ids = await _app.FillAsync(20, 70, Token);
        await _app.JudgedAsync(19, Token);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Page_BeforeItsCircuit_AlreadyShowsTheRowsWorstFirst()
    {
        var page = await _app.Http.GetStringAsync("/", Token);

        var keys = RowKeys().Matches(page).Select(match => match.Groups["key"].Value).ToList();
        Assert.Equal(20, keys.Count);
        Assert.Equal(_ids[3], keys[0]);
        Assert.All(keys, key => Assert.Contains($"data-why-base=\"/ui/why/{key}\"", page, StringComparison.Ordinal));
        Assert.Contains("<strong>1</strong> breached", page, StringComparison.Ordinal);
        Assert.Contains("1 breached &#xB7; Operations", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?state=breached", 1)]
    [InlineData("?state=noData", 1)]
    [InlineData("?platform=agent-mesh", 7)]
    [InlineData("?tier=Enterprise", 4)]
    [InlineData("?platform=mlops&tier=Enterprise", 2)]
    [InlineData("?q=AVAILABILITY%20mlops", 0)]
    [InlineData("?q=gateway", 3)]
    [InlineData("?platform=none", 0)]
    public async Task Page_Filtered_ShowsOnlyWhatMatches(string query, int rows)
    {
        var page = await _app.Http.GetStringAsync("/" + query, Token);

        Assert.Equal(rows, RowKeys().Count(page));
        Assert.Equal(rows == 0, page.Contains("No objective matches", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sli", "Why 99.")]
    [InlineData("budget", "of the budget")]
    [InlineData("burn", "How fast the budget goes")]
    [InlineData("forecast", "When the budget is empty")]
    [InlineData("coverage", "was seen")]
    [InlineData("nonsense", "Why 99.")]
    public async Task Why_EveryFigure_SpellsOutItsReasonsAndQuotesTheClause(string figure, string title)
    {
        var answer = await _app.Http.GetAsync($"/ui/why/{_ids[0]}?of={figure}", Token);
        var html = await answer.Content.ReadAsStringAsync(Token);

        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(title, html, StringComparison.Ordinal);
        Assert.Contains("Service Level Agreements, 1.1 Availability", html, StringComparison.Ordinal);
        Assert.Contains($"/slos/{_ids[0]}", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_Sli_NamesNumeratorAndDenominator()
    {
        var html = await _app.Http.GetStringAsync($"/ui/why/{_ids[0]}?of=sli", Token);

        Assert.Contains("70,000 events", html, StringComparison.Ordinal);
        Assert.Contains("69,99", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_UnknownObjective_Is404() =>
        Assert.Equal(HttpStatusCode.NotFound, (await _app.Http.GetAsync("/ui/why/mlops/none/none", Token)).StatusCode);

    [Fact]
    public async Task Wall_Served_HasTilesWorstFirstAndNoCircuit()
    {
        var page = await _app.Http.GetStringAsync("/wall", Token);

        Assert.DoesNotContain("blazor.web", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--Blazor", page, StringComparison.Ordinal);
        Assert.Contains("1 breached, 1 burning", page, StringComparison.Ordinal);
        Assert.Equal(20, TileKeys().Count(page));
        Assert.Equal(_ids[3], TileKeys().Match(page).Groups["key"].Value);
    }

    [Theory]
    [InlineData("?tiles=5", 5, "and 15 more, none of them breached or burning")]
    [InlineData("?tiles=1", 1, "and 19 more, 1 of them breached or burning")]
    [InlineData("?tiles=0", 1, "and 19 more")]
    [InlineData("?tiles=many", 20, "")]
    [InlineData("?state=healthy", 17, "")]
    public async Task WallFragment_Asked_HasTheTilesThatFitAndTellsTheRest(string query, int tiles, string rest)
    {
        var fragment = await _app.Http.GetStringAsync("/wall/fragment" + query, Token);

        Assert.Equal(tiles, TileKeys().Count(fragment));
        Assert.Contains(rest, fragment, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", fragment, StringComparison.Ordinal);
    }

    [GeneratedRegex("""<tr data-key="(?<key>[^"]+)" """, RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RowKeys();

    [GeneratedRegex("""class="tile"[^>]* data-key="(?<key>[^"]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TileKeys();
}
