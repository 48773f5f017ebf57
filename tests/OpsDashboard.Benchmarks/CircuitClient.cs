using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OpsDashboard.Testing;

namespace OpsDashboard.Benchmarks;

/// <summary>
/// What a browser is to a circuit, without the browser: opens the page, starts a circuit for its components, acknowledges every
/// rendering and answers every call of JavaScript with nothing.
/// </summary>
internal sealed partial class CircuitClient : IAsyncDisposable
{
    private const byte RecordSeparator = 0x1E;
    private const int Invocation = 1;
    private const int Ping = 6;
    private const int Close = 7;
    private const int ResultIsAnObject = 1;

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly TaskCompletionSource _interactive = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private Task _receiving = Task.CompletedTask;
    private Task _pinging = Task.CompletedTask;
    private int _renderings;
    private long _bytes;

    private CircuitClient()
    {
    }

    /// <summary>Renderings received so far.</summary>
    public int Renderings => Volatile.Read(ref _renderings);

    /// <summary>Bytes of all renderings received so far.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public static async Task<CircuitClient> OpenAsync(HttpClient http, string url, string path, CancellationToken cancellationToken)
    {
        var page = await http.GetStringAsync(path, cancellationToken);
        var markers = Marker().Matches(page)
            .Select(match => JsonNode.Parse(match.Groups["json"].Value)!)
            .Where(marker => marker["descriptor"] is not null)
            .ToList();
        var state = State().Match(page) is { Success: true } found ? found.Groups["state"].Value : "";
        var client = new CircuitClient();
        client._socket.Options.SetRequestHeader("Cookie", $"{Doors.Cookie}={await Doors.SignInAsync(url)}");
        await client._socket.ConnectAsync(new Uri(url.Replace("http", "ws", StringComparison.Ordinal) + "/_blazor"), cancellationToken);
        await client.ShakeHandsAsync(cancellationToken);
        client._receiving = client.ReceiveAsync(client._stop.Token);
        client._pinging = client.PingAsync(client._stop.Token);
        await client.SendAsync([Invocation, NoHeaders, "0", "StartCircuit", new object?[] { url + "/", url + path, "[]", state }], cancellationToken);
        var operations = new JsonArray([.. markers.Select((marker, i) => new JsonObject { ["type"] = "add", ["ssrComponentId"] = i + 1, ["marker"] = marker })]);
        var batch = new JsonObject { ["batchId"] = 1, ["operations"] = operations };
        await client.SendAsync([Invocation, NoHeaders, null, "UpdateRootComponents", new object?[] { batch.ToJsonString(), state }], cancellationToken);
        await client._interactive.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Abort();
        await Task.WhenAll(_receiving, _pinging).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _sending.Dispose();
        _stop.Dispose();
    }

    private static Dictionary<string, string> NoHeaders { get; } = [];

    [GeneratedRegex("<!--Blazor:(?<json>\\{.*?\\})-->", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>.*?)-->", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex State();

    private async Task ShakeHandsAsync(CancellationToken cancellationToken)
    {
        byte[] hello = [.. "{\"protocol\":\"blazorpack\",\"version\":1}"u8, RecordSeparator];
        await _socket.SendAsync(hello, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        var answer = new byte[256];
        var received = await _socket.ReceiveAsync(answer.AsMemory(), cancellationToken);
        if (Encoding.UTF8.GetString(answer, 0, received.Count) != "{}\u001e")
        {
            throw new InvalidOperationException("The hub refused the handshake.");
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            var buffer = new byte[16 * 1024];
            var length = 0;
            while (true)
            {
                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, buffer.Length * 2);
                }

                length += (await _socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken)).Count;
                var taken = 0;
                while (CircuitPack.TryRead(buffer.AsSpan(taken, length - taken), out var message) is var bytes and > 0)
                {
                    taken += bytes;
                    await AnswerAsync(message, cancellationToken);
                }

                buffer.AsSpan(taken, length - taken).CopyTo(buffer);
                length -= taken;
            }
        }
        catch (Exception fault)
        {
            _interactive.TrySetException(fault);
            throw;
        }
    }

    private async Task AnswerAsync(object?[] message, CancellationToken cancellationToken)
    {
        switch (message[0])
        {
            case (long)Close:
                throw new InvalidOperationException($"The circuit was closed: {message[1]}");
            case (long)Invocation:
                await AnswerCallAsync((string)message[3]!, (object?[])message[4]!, cancellationToken);
                break;
        }
    }

    private async Task AnswerCallAsync(string target, object?[] arguments, CancellationToken cancellationToken)
    {
        switch (target)
        {
            case "JS.RenderBatch":
                Interlocked.Increment(ref _renderings);
                Interlocked.Add(ref _bytes, (long)arguments[1]!);
                await SendAsync([Invocation, NoHeaders, null, "OnRenderCompleted", new object?[] { arguments[0], null }], cancellationToken);
                break;
            case "JS.EndUpdateRootComponents":
                _interactive.TrySetResult();
                break;
            case "JS.BeginInvokeJS" when arguments[0] is long call and > 0:
                var result = arguments[3] is (long)ResultIsAnObject ? $$"""{"__jsObjectId":{{call}}}""" : "null";
                var answer = string.Create(CultureInfo.InvariantCulture, $"[{call},true,{result}]");
                await SendAsync([Invocation, NoHeaders, null, "EndInvokeJSFromDotNet", new object?[] { call, true, answer }], cancellationToken);
                break;
            case "JS.Error":
                throw new InvalidOperationException($"The circuit failed: {arguments[0]}");
        }
    }

    private async Task PingAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10));
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await SendAsync([Ping], cancellationToken);
        }
    }

    private async Task SendAsync(object?[] message, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await _socket.SendAsync(CircuitPack.Frame(message), WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }
}
