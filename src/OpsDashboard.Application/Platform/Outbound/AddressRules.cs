using System.Net;
using System.Net.Sockets;

namespace OpsDashboard.Application.Platform.Outbound;

/// <summary>Where an address lies, as far as it matters for whom we may call.</summary>
internal enum AddressZone
{
    Public,

    /// <summary>This machine, or a network behind the same router: RFC 1918, RFC 4193, carrier NAT.</summary>
    Private,

    /// <summary>Never a target by itself: link-local with the clouds' metadata, multicast, reserved ranges.</summary>
    Special,
}

/// <summary>Sorts addresses by the special-purpose registries of IANA (RFC 6890). IPv4 inside IPv6 is judged as the IPv4 it reaches.</summary>
internal static class AddressRules
{
    private static readonly IPNetwork[] PrivateNetworks = Parse(
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "100.64.0.0/10", "::1/128", "fc00::/7", "fec0::/10");

    private static readonly IPNetwork[] SpecialNetworks = Parse(
        "0.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4", "::/128", "fe80::/10", "ff00::/8", "100::/64", "2001::/23", "2001:db8::/32", "64:ff9b:1::/48", "fd00:ec2::254/128");

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    public static AddressZone ZoneOf(IPAddress address)
    {
        var reached = Reached(address);
        if (Array.Exists(SpecialNetworks, network => network.Contains(reached)))
        {
            return AddressZone.Special;
        }

        return Array.Exists(PrivateNetworks, network => network.Contains(reached)) ? AddressZone.Private : AddressZone.Public;
    }

    /// <summary>The IPv4 address that a mapped, translated or tunnelled IPv6 address ends at; otherwise the address itself.</summary>
    public static IPAddress Reached(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        if (Nat64.Contains(address) || bytes.AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0 && bytes[12] != 0)
        {
            return new IPAddress(bytes.AsSpan(12, 4));
        }

        return SixToFour.Contains(address) ? new IPAddress(bytes.AsSpan(2, 4)) : WithoutScope(bytes);
    }

    // A scope id would make an address differ from the network it lies in.
    private static IPAddress WithoutScope(byte[] bytes) => new(bytes);

    private static IPNetwork[] Parse(params string[] networks) => [.. networks.Select(IPNetwork.Parse)];
}
