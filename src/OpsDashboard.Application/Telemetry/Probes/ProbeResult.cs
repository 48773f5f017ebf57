namespace OpsDashboard.Application.Telemetry.Probes;

public enum ProbeVerdict
{
    Up,
    Down,

    /// <summary>The target may not be called; nothing was measured.</summary>
    Refused,
}

/// <param name="Milliseconds">How long the answer, or the vain wait for it, took; null where nobody was reached.</param>
/// <param name="DaysLeft">Until the certificate expires; negative after.</param>
/// <param name="Detail">One sentence.</param>
internal sealed record ProbeResult(ProbeVerdict Verdict, decimal? Milliseconds, decimal? DaysLeft, string Detail);
