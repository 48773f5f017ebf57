using System.Net;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Application.Telemetry.Probes;

/// <summary>Whether a probe may be told to call its target.</summary>
internal static class ProbeTarget
{
    /// <summary>An address written out can be refused at once; what a name resolves to is judged at every call.</summary>
    public static Failure? RefusedAtSight(ProbeDefinition probe, ProbesOptions options)
    {
        var host = probe.Kind == ProbeKind.Http ? new Uri(probe.Target).IdnHost : Host(probe.Target);
        return IPAddress.TryParse(host.Trim('[', ']'), out var address) && options.ToPolicy().Refusal(address) is { } refusal
            ? Failure.Invalid("/target", "target.refused", $"This target may not be called: {refusal}. Probes:AllowTargets can allow it.")
            : null;
    }

    private static string Host(string target)
    {
        ProbeDefinition.TryHostAndPort(target, out var host, out _);
        return host;
    }
}
