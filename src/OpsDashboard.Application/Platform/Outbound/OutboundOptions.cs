using System.Net;
using Microsoft.Extensions.Options;

namespace OpsDashboard.Application.Platform.Outbound;

/// <summary>Section <c>Outbound</c>: whom notifications may call, where a person or a program named the target.</summary>
public sealed class OutboundOptions
{
    /// <summary>Whether this machine and private networks may be called. Link-local, multicast and reserved addresses need <see cref="AllowTargets"/>.</summary>
    public bool AllowPrivateTargets { get; set; }

    /// <summary>Networks that may be called whatever they are, as 10.1.0.0/16 or 192.168.1.7.</summary>
    public IList<string> AllowTargets { get; } = [];

    internal OutboundPolicy ToPolicy() => new(AllowPrivateTargets, [.. AllowTargets.Select(text => Parse(text)!.Value)]);

    internal static IPNetwork? Parse(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
        {
            return network;
        }

        return IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;
    }
}

internal sealed class OutboundOptionsValidator : IValidateOptions<OutboundOptions>
{
    public ValidateOptionsResult Validate(string? name, OutboundOptions options)
    {
        var faults = options.AllowTargets
            .Where(text => OutboundOptions.Parse(text) is null)
            .Select(text => $"Outbound:AllowTargets holds \"{text}\", which is no network such as 10.1.0.0/16.")
            .ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
