namespace OpsDashboard.Application.Telemetry.Prometheus;

/// <summary>A source did not give what was asked; the message is for a person and names no secret.</summary>
internal sealed class SourceFaultException(string message, bool mayPass, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether the same question may be answered in a moment: a lost connection, a 5xx. A wrong query stays wrong.</summary>
    public bool MayPass { get; } = mayPass;
}
