using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using OpsDashboard.Testing;

namespace OpsDashboard.Web.Tests.Telemetry;

/// <summary>Batches of samples on their way to <c>POST /api/v1/samples</c>.</summary>
internal static class Batches
{
    public const string Json = "application/json";
    public const string Ndjson = "application/x-ndjson";

    public static string Instant(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Counts(string sli, DateTimeOffset at, long good, long total) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"sli":"{{sli}}","at":"{{Instant(at)}}","good":{{good}},"total":{{total}}}""");

    public static string Sample(string sli, DateTimeOffset at, string measured) => $$"""{"sli":"{{sli}}","at":"{{Instant(at)}}",{{measured}}}""";

    public static string Batch(string id, params IEnumerable<string> samples) => $$"""{"batchId":"{{id}}","samples":[{{string.Join(',', samples)}}]}""";

    public static Task<HttpResponseMessage> PostBatchAsync(this HttpClient http, string body, CancellationToken token) =>
        http.PostSamplesAsync(new StringContent(body, Encoding.UTF8, Json), token);

    public static Task<HttpResponseMessage> PostLinesAsync(this HttpClient http, string batchId, IEnumerable<string> lines, CancellationToken token) =>
        http.PostSamplesAsync(new StringContent(string.Join('\n', lines), Encoding.UTF8, Ndjson), token, $"?batchId={batchId}");

    public static async Task<HttpResponseMessage> PostSamplesAsync(
        this HttpClient http,
        HttpContent content,
        CancellationToken token,
        string query = "",
        string? key = AppProcess.IntakeKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/samples" + query) { Content = content };
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return await http.SendAsync(request, token);
    }

    public static async Task<JsonElement> ReadAsync(this HttpResponseMessage response, CancellationToken token) =>
        await response.Content.ReadFromJsonAsync<JsonElement>(token);

    /// <summary>Pointer and rule of each error of a problem-details answer.</summary>
    public static async Task<IReadOnlyList<(string Pointer, string Rule)>> ErrorsAsync(this HttpResponseMessage response, CancellationToken token)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.ReadAsync(token);
        return [.. problem.GetProperty("errors").EnumerateArray().Select(error => (error.GetProperty("pointer").GetString()!, error.GetProperty("rule").GetString()!))];
    }

    /// <summary>Index and rule of each sample that was not taken.</summary>
    public static IReadOnlyList<(int Index, string Rule)> Rejected(JsonElement receipt) =>
        [.. receipt.GetProperty("rejected").EnumerateArray().Select(sample => (sample.GetProperty("index").GetInt32(), sample.GetProperty("rule").GetString()!))];
}
