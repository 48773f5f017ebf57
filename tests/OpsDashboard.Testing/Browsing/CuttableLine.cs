using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace OpsDashboard.Testing.Browsing;

/// <summary>A line to a server that a test can cut and mend: bytes pass through unchanged until it is cut.</summary>
public sealed class CuttableLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, byte> _open = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly int _serverPort;
    private readonly Task _accepting;
    private volatile bool _cut;

    public CuttableLine(string serverUrl)
    {
        _serverPort = new Uri(serverUrl).Port;
        _listener.Start();
        Doors.OpenAlso(Url, serverUrl);
        _accepting = AcceptAsync(_stop.Token);
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Ends every open connection and refuses new ones until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        _cut = true;
        foreach (var client in _open.Keys)
        {
            client.Dispose();
        }
    }

    public void Mend() => _cut = false;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        var carrying = new List<Task>();
        while (!cancellationToken.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(cancellationToken);
            if (_cut)
            {
                client.Dispose();
                continue;
            }

            _open.TryAdd(client, 0);
            carrying.RemoveAll(task => task.IsCompleted);
            carrying.Add(CarryAsync(client, cancellationToken));
        }
    }

    private async Task CarryAsync(TcpClient client, CancellationToken cancellationToken)
    {
        using var server = new TcpClient();
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _serverPort, cancellationToken);
            var there = client.GetStream().CopyToAsync(server.GetStream(), cancellationToken);
            var back = server.GetStream().CopyToAsync(client.GetStream(), cancellationToken);
            await Task.WhenAny(there, back);
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // A cut line is what this is for.
        }
        finally
        {
            _open.TryRemove(client, out _);
            client.Dispose();
        }
    }
}
