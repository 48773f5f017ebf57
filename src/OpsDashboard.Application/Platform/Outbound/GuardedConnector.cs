using System.Net;
using System.Net.Sockets;

namespace OpsDashboard.Application.Platform.Outbound;

/// <summary>
/// Connects only to addresses the policy allows. The address checked is the address connected to, so a name that resolves
/// differently the second time gains nothing.
/// </summary>
internal sealed class GuardedConnector(OutboundPolicy policy)
{
    private const int MaxAddresses = 8;

    /// <exception cref="TargetRefusedException">No address of the host may be called.</exception>
    /// <exception cref="SocketException">None of those that may be called answered.</exception>
    public async Task<Socket> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var allowed = await ResolveAsync(host, cancellationToken);
        SocketException? last = null;
        foreach (var address in allowed)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), cancellationToken);
                return socket;
            }
            catch (SocketException fault)
            {
                socket.Dispose();
                last = fault;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw last!;
    }

    /// <summary>For clients that connect by themselves: refuses a host none of whose addresses may be called.</summary>
    /// <exception cref="TargetRefusedException">No address of the host may be called.</exception>
    public Task EnsureAllowedAsync(string host, CancellationToken cancellationToken) => ResolveAsync(host, cancellationToken);

    /// <summary>An HTTP handler that connects this way: no proxy, no cookies, no redirects.</summary>
    public SocketsHttpHandler CreateHandler(TimeSpan connectTimeout) => new()
    {
        ConnectCallback = async (context, cancellationToken) =>
            new NetworkStream(await ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken), ownsSocket: true),
        ConnectTimeout = connectTimeout,
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        MaxResponseHeadersLength = 64,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    };

    private async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        IPAddress[] addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        var allowed = addresses.Where(address => policy.Refusal(address) is null).Take(MaxAddresses).ToList();
        if (allowed.Count == 0)
        {
            var reason = addresses.Length == 0 ? "its name has no address" : policy.Refusal(addresses[0])!;
            throw new TargetRefusedException(host, reason);
        }

        return allowed;
    }
}
