using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace OpsDashboard.Testing.Live;

/// <summary>What the hub called.</summary>
public readonly record struct LiveChange(string Topic, string Key, long Sequence);

/// <summary>A program connected to <c>/hubs/live</c> with the real client library and protocol, over a WebSocket of its own.</summary>
public sealed class LiveClient : IAsyncDisposable
{
    private readonly HubConnection _hub;
    private readonly Channel<LiveChange> _changes = Channel.CreateUnbounded<LiveChange>();

    private LiveClient(string url, string? key)
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(new WebSocketConnections(key));
        builder.Services.AddSingleton<System.Net.EndPoint>(new UriEndPoint(new Uri(url.Replace("http", "ws", StringComparison.Ordinal) + "/hubs/live")));
        _hub = builder.Build();
        _hub.On<string, string, long>("Changed", (topic, key, sequence) => _changes.Writer.TryWrite(new LiveChange(topic, key, sequence)));
    }

    /// <summary>What came and was not read yet, in order.</summary>
    public ChannelReader<LiveChange> Changes => _changes.Reader;

    public HubConnectionState State => _hub.State;

    /// <param name="key">Null: nobody known.</param>
    public static async Task<LiveClient> ConnectAsync(string url, CancellationToken cancellationToken, string? key = AppProcess.IntakeKey)
    {
        var client = new LiveClient(url, key);
        await client._hub.StartAsync(cancellationToken);
        return client;
    }

    public Task SubscribeAsync(string? topic, string? key, CancellationToken cancellationToken) =>
        _hub.InvokeAsync("Subscribe", topic, key, cancellationToken);

    public Task UnsubscribeAsync(string? topic, string? key, CancellationToken cancellationToken) =>
        _hub.InvokeAsync("Unsubscribe", topic, key, cancellationToken);

    /// <summary>The next change, within 15 s.</summary>
    public async Task<LiveChange> NextAsync(CancellationToken cancellationToken) =>
        await _changes.Reader.ReadAsync(cancellationToken).AsTask().WaitAsync(Eventually.Patience, cancellationToken);

    public ValueTask DisposeAsync() => _hub.DisposeAsync();
}
