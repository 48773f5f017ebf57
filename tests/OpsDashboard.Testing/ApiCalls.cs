using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace OpsDashboard.Testing;

/// <summary>Calls to the API as a program with the tests' key makes them.</summary>
public static class ApiCalls
{
    /// <summary>Sends the tests' key with every call that brings no other.</summary>
    public static HttpClient ProgramClient(string url)
    {
        var client = new HttpClient { BaseAddress = new Uri(url) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AppProcess.IntakeKey);
        return client;
    }

    /// <param name="idempotencyKey">Null: none is sent.</param>
    public static async Task<(int Status, JsonElement Body)> CallAsync(
        this HttpClient http,
        HttpMethod method,
        string path,
        object? body,
        CancellationToken cancellationToken,
        string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AppProcess.IntakeKey);
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        if (body is not null)
        {
            request.Content = JsonContent.Create(body);
        }

        using var response = await http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }
}
