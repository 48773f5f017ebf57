using System.Net;

namespace OpsDashboard.Web.StatusPages;

/// <summary>How often one address may use the subscribe form, and all together, in ten minutes.</summary>
internal sealed class SubscribeLimit(TimeProvider time)
{
    public const int MostPerAddress = 10;
    public const int MostTogether = 300;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private Dictionary<IPAddress, int> byAddress = [];
    private int together;
    private long began = time.GetTimestamp();

    /// <returns>False when it was too often.</returns>
    public bool TryTake(IPAddress? address)
    {
        var who = address is null ? IPAddress.None : Network(address);
        lock (gate)
        {
            if (time.GetElapsedTime(began) >= Window)
            {
                (byAddress, together, began) = ([], 0, time.GetTimestamp());
            }

            var taken = byAddress.GetValueOrDefault(who);
            if (taken >= MostPerAddress || together >= MostTogether)
            {
                return false;
            }

            byAddress[who] = taken + 1;
            together++;
            return true;
        }
    }

    /// <summary>An IPv6 subscriber holds a whole /64.</summary>
    private static IPAddress Network(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6 || address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork)
        {
            return address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
