namespace OpsDashboard.Domain.Slos;

public enum AlertSeverity
{
    Page,
    Ticket,
}

/// <summary>Fires while the burn rate over both windows is strictly above the threshold (SRE Workbook, chapter 5).</summary>
public sealed record BurnAlertRule(AlertSeverity Severity, int LongWindowMinutes, int ShortWindowMinutes, decimal Threshold);
