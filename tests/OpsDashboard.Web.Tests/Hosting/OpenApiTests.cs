using System.Net.Http.Json;
using System.Text.Json;
using OpsDashboard.Testing;
using OpsDashboard.Web.Slos;

namespace OpsDashboard.Web.Tests.Hosting;

/// <summary>The document at <c>/openapi/v1.json</c> is what other programs are written against.</summary>
public sealed class OpenApiTests
{
    /// <summary>Writes that name all they take in their address.</summary>
    private static readonly string[] WithoutBody = ["acknowledge", "escalate", "resolve", "undo", "heartbeat", "key", "code", "test", "retry", "discard", "check"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_WithABody_DescribesIt()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        var document = await app.Http.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Token);

        var silent =
            from path in document.GetProperty("paths").EnumerateObject()
            from call in path.Value.EnumerateObject()
            where call.Name is "post" or "put" or "patch"
            where !call.Value.TryGetProperty("requestBody", out _) && !WithoutBody.Contains(path.Name.Split('/')[^1])
            select $"{call.Name} {path.Name}";
        Assert.Empty(silent);
        Assert.True(document.GetProperty("paths").EnumerateObject().Count() > 15);
    }

    [Fact]
    public async Task EditOfAnObjective_Described_NamesExactlyTheFieldsItTakes()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        var document = await app.Http.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Token);

        var named = document.GetProperty("components").GetProperty("schemas").GetProperty("ProposedTerms").GetProperty("properties").EnumerateObject().Select(field => field.Name);
        Assert.Equal(SloEditBody.Known.Order(), named.Order());
    }

    [Fact]
    public async Task Call_InTheDocument_SaysWhatItNeedsAndHowItIsRefused()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        var document = await app.Http.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Token);
        var calls = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(call => (Path: path.Name, Call: call.Value))).ToList();

        // An address with a secret in it is its own proof; everything else names the right it takes.
        Assert.Empty(calls.Where(one => !one.Path.Contains("{key}", StringComparison.Ordinal) && !one.Call.TryGetProperty("description", out _)).Select(one => one.Path));
        Assert.Empty(calls.Where(one => !one.Path.Contains("{key}", StringComparison.Ordinal) && !one.Call.TryGetProperty("security", out _)).Select(one => one.Path));
        Assert.Empty(calls.Where(one => !one.Call.GetProperty("responses").EnumerateObject().Any(answer => answer.Name[0] == '2')).Select(one => one.Path));
        Assert.Empty(calls.GroupBy(one => one.Call.GetProperty("operationId").GetString(), StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key));
    }
}
