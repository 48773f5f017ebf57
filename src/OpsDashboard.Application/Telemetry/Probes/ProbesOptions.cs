using Microsoft.Extensions.Options;
using OpsDashboard.Application.Platform.Outbound;

namespace OpsDashboard.Application.Telemetry.Probes;

/// <summary>Section <c>Probes</c>.</summary>
public sealed class ProbesOptions
{
    /// <summary>Whether this machine and private networks may be probed. Link-local, multicast and reserved addresses need <see cref="AllowTargets"/>.</summary>
    public bool AllowPrivateTargets { get; set; }

    /// <summary>Networks that may be probed whatever they are, as 10.1.0.0/16 or 192.168.1.7.</summary>
    public IList<string> AllowTargets { get; } = [];

    public int MaxProbes { get; set; } = 500;

    /// <summary>Probes that run at the same time.</summary>
    public int AtOnce { get; set; } = 32;

    internal OutboundPolicy ToPolicy() => new(AllowPrivateTargets, [.. AllowTargets.Select(text => OutboundOptions.Parse(text)!.Value)]);
}

internal sealed class ProbesOptionsValidator : IValidateOptions<ProbesOptions>
{
    public ValidateOptionsResult Validate(string? name, ProbesOptions options)
    {
        var faults = options.AllowTargets
            .Where(text => OutboundOptions.Parse(text) is null)
            .Select(text => $"Probes:AllowTargets holds \"{text}\", which is no network such as 10.1.0.0/16.")
            .ToList();
        if (options.MaxProbes is < 0 or > 5_000)
        {
            faults.Add("Probes:MaxProbes must be between 0 and 5,000.");
        }

        if (options.AtOnce is < 1 or > 500)
        {
            faults.Add("Probes:AtOnce must be between 1 and 500.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
