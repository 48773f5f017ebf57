using Microsoft.AspNetCore.Http;

namespace OpsDashboard.Testing;

/// <summary>Another company's endpoint for webhooks, Slack and Twilio: it writes down what reaches it and answers as the test says.</summary>
public sealed class PageReceiver : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Received> _all = [];
    private LocalServer _server = null!;

    private PageReceiver()
    {
    }

    public string Url => _server.Url;

    /// <summary>Decides the answer by what came in and how often this key came before; null: 200.</summary>
    public Func<Received, int, CancellationToken, Task<int>>? Answer { get; set; }

    /// <summary>Every request, in the order they came.</summary>
    public IReadOnlyList<Received> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _all];
            }
        }
    }

    /// <summary>What a receiver that heeds idempotency keys has taken: of each key the first.</summary>
    public IReadOnlyList<Received> Distinct => [.. All.DistinctBy(one => one.Key)];

    /// <param name="port">0 lets the system choose.</param>
    public static async Task<PageReceiver> StartAsync(int port = 0)
    {
        var receiver = new PageReceiver();
        receiver._server = await LocalServer.StartAsync(receiver.TakeAsync, port: port);
        return receiver;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TakeAsync(HttpContext context, LocalServer server)
    {
        using var reader = new StreamReader(context.Request.Body);
        var received = new Received(
            context.Request.Method,
            context.Request.Path,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync(),
            TimeProvider.System.GetTimestamp());
        int before;
        lock (_gate)
        {
            before = _all.Count(one => one.Key == received.Key);
            _all.Add(received);
        }

        context.Response.StatusCode = Answer is { } answer ? await answer(received, before, server.Closing) : StatusCodes.Status200OK;
        await context.Response.WriteAsync("ok");
    }

    /// <param name="At">Timestamp of the system's monotonic clock.</param>
    public sealed record Received(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body, long At)
    {
        public string Key => Headers.GetValueOrDefault("Idempotency-Key", "");
    }
}
