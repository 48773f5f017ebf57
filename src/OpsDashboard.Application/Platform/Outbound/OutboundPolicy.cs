using System.Net;

namespace OpsDashboard.Application.Platform.Outbound;

/// <summary>Which addresses a connection may go to.</summary>
/// <param name="AllowPrivate">Whether this machine and private networks may be called.</param>
/// <param name="Allowed">Networks that may be called whatever they are.</param>
internal sealed record OutboundPolicy(bool AllowPrivate, IReadOnlyList<IPNetwork> Allowed)
{
    /// <returns>Why the address is refused; null when it may be called.</returns>
    public string? Refusal(IPAddress address)
    {
        var reached = AddressRules.Reached(address);
        if (Allowed.Any(network => network.Contains(reached) || network.Contains(address)))
        {
            return null;
        }

        return AddressRules.ZoneOf(address) switch
        {
            AddressZone.Public => null,
            AddressZone.Private => AllowPrivate ? null : $"{reached} is a private address",
            AddressZone.Special => $"{reached} is a link-local, multicast or reserved address",
        };
    }
}

/// <summary>The target may not be called. Nothing was sent to it.</summary>
internal sealed class TargetRefusedException(string host, string reason) : Exception($"{host} may not be called: {reason}.");
