using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace OpsDashboard.Testing.Live;

/// <summary>The transport that the core client package leaves out: one WebSocket, no negotiation.</summary>
internal sealed class WebSocketConnections(string? key) : IConnectionFactory
{
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = new ClientWebSocket();
        if (key is not null)
        {
            socket.Options.SetRequestHeader("Authorization", $"Bearer {key}");
        }

        await socket.ConnectAsync(((UriEndPoint)endpoint).Uri, cancellationToken);
        return new WebSocketConnection(socket, endpoint);
    }
}

internal sealed class WebSocketConnection : ConnectionContext, IConnectionInherentKeepAliveFeature
{
    private readonly ClientWebSocket _socket;
    private readonly IDuplexPipe _inner;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _pumps;

    public WebSocketConnection(ClientWebSocket socket, EndPoint endpoint)
    {
        _socket = socket;
        RemoteEndPoint = endpoint;
        var toClient = new Pipe();
        var toServer = new Pipe();
        Transport = new Duplex(toClient.Reader, toServer.Writer);
        _inner = new Duplex(toServer.Reader, toClient.Writer);
        Features.Set<IConnectionInherentKeepAliveFeature>(this);
        _pumps = Task.WhenAll(ReceiveAsync(), SendAsync());
    }

    public override string ConnectionId { get; set; } = Guid.NewGuid().ToString("N");

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    public override IDuplexPipe Transport { get; set; }

    public bool HasInherentKeepAlive => false;

    public override async ValueTask DisposeAsync()
    {
        await Transport.Output.CompleteAsync();
        await Transport.Input.CompleteAsync();
        await _stop.CancelAsync();
        _socket.Abort();
        await _pumps.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(_inner.Output.GetMemory(4096), _stop.Token);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                _inner.Output.Advance(received.Count);
                if ((await _inner.Output.FlushAsync(_stop.Token)).IsCompleted)
                {
                    break;
                }
            }

            await _inner.Output.CompleteAsync();
        }
        catch (Exception end) when (end is WebSocketException or OperationCanceledException)
        {
            await _inner.Output.CompleteAsync(end);
        }
    }

    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                var read = await _inner.Input.ReadAsync(_stop.Token);
                if (!read.Buffer.IsEmpty)
                {
                    await _socket.SendAsync(read.Buffer.ToArray(), WebSocketMessageType.Text, endOfMessage: true, _stop.Token);
                }

                _inner.Input.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }

            await _inner.Input.CompleteAsync();
        }
        catch (Exception end) when (end is WebSocketException or OperationCanceledException)
        {
            await _inner.Input.CompleteAsync(end);
        }
    }

    private sealed class Duplex(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
