using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using OpsDashboard.Testing;

namespace OpsDashboard.Web.Tests.Attacks;

/// <summary>One instance for all attacks: none of them may leave it worse than it was.</summary>
public sealed class SharedTarget : IAsyncLifetime
{
    public InProcessApp App { get; private set; } = null!;

    /// <summary>Calls with a key that may do whatever a program may.</summary>
    public HttpClient Http { get; private set; } = null!;

    /// <summary>The calls of the API, from the document.</summary>
    public IReadOnlyList<(string Method, string Path, IReadOnlyList<string> Query, bool HasBody)> Calls { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        App = await InProcessApp.StartAsync(CancellationToken.None);
        await App.ReadyAsync(CancellationToken.None);
        Http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(App.Url) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AppProcess.IntakeKey);
        var document = await Http.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        Calls =
        [
            .. from path in document.GetProperty("paths").EnumerateObject()
               from call in path.Value.EnumerateObject()
               let query = call.Value.TryGetProperty("parameters", out var parameters)
                   ? parameters.EnumerateArray().Where(one => one.GetProperty("in").GetString() == "query").Select(one => one.GetProperty("name").GetString()!).ToList()
                   : []
               select (call.Name.ToUpperInvariant(), path.Name, (IReadOnlyList<string>)query, call.Value.TryGetProperty("requestBody", out _)),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.DisposeAsync();
    }
}
