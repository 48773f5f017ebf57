using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Compliance.Store;
using OpsDashboard.Application.Incidents.Alerts;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Compliance;

/// <summary>
/// Opens, escalates and ends violations. A major one calls the compliance path at once; a minor one is told as a warning and calls it
/// after 24 hours, as the contract says.
/// </summary>
internal sealed class Violations(OpsDbContext db, AlertDesk desk)
{
    /// <summary>The product itself in its catalog.</summary>
    private const string Platform = "opsdashboard";

    public async Task FollowAsync(IReadOnlyList<ControlFinding> findings, long nowMs, CancellationToken cancellationToken)
    {
        var open = await db.Set<ViolationRow>().Where(row => row.EndedAtMs == null).ToDictionaryAsync(row => row.ControlId, StringComparer.Ordinal, cancellationToken);
        foreach (var finding in findings)
        {
            var known = open.GetValueOrDefault(finding.Id);
            if (finding.State is ControlState.Minor or ControlState.Major)
            {
                await HoldAsync(finding, known, nowMs, cancellationToken);
            }
            else if (known is not null)
            {
                known.EndedAtMs = nowMs;
                await desk.ClearAsync(Key(finding.Id, notice: true), nowMs, cancellationToken);
                await desk.ClearAsync(Key(finding.Id, notice: false), nowMs, cancellationToken);
            }
        }
    }

    private async Task HoldAsync(ControlFinding finding, ViolationRow? known, long nowMs, CancellationToken cancellationToken)
    {
        if (known is null)
        {
            known = new ViolationRow { ControlId = finding.Id, State = finding.State, SinceMs = nowMs };
            db.Add(known);
            if (finding.State == ControlState.Minor)
            {
                await desk.RaiseAsync(Signal(finding, known.SinceMs, escalates: false), cancellationToken);
            }
        }

        known.State = finding.State;
        var isDue = finding.State == ControlState.Major || nowMs - known.SinceMs >= Instants.DayMs;
        if (isDue && known.EscalatedAtMs is null)
        {
            known.EscalatedAtMs = nowMs;
            await desk.RaiseAsync(Signal(finding, known.SinceMs, escalates: true), cancellationToken);
        }
    }

    private static AlertSignal Signal(ControlFinding finding, long sinceMs, bool escalates) => new()
    {
        Key = Key(finding.Id, notice: !escalates),
        GroupKey = $"compliance:{finding.Id}",
        Source = AlertSource.Compliance,
        Title = $"Compliance: {finding.Title} - not so",
        Description = $"{finding.Evidence} ({finding.Document}, {finding.Section}: {finding.Clause})",
        Link = "/compliance",
        Labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["alertname"] = "ComplianceViolation",
            ["control"] = finding.Id,
            ["violation"] = finding.State == ControlState.Major ? "major" : "minor",
        },
        Platform = Platform,
        Level = (escalates, finding.State) switch
        {
            (false, _) => AlertLevel.Warning,
            (_, ControlState.Major) => AlertLevel.Critical,
            _ => AlertLevel.High,
        },
        PolicyId = escalates ? finding.State == ControlState.Major ? "compliance-major" : "compliance-minor" : null,
        StartsAtMs = sinceMs,
    };

    private static string Key(string control, bool notice) => notice ? $"compliance:{control}:notice" : $"compliance:{control}";
}
