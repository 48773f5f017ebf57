using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Compliance.Controls;
using OpsDashboard.Application.Compliance.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Compliance;

/// <summary>
/// Checks all controls now, keeps what was found, and follows the violations. Judging reads the whole trail, so it is done before the
/// transaction that keeps its outcome: no writer waits for it.
/// </summary>
/// <param name="IsDaily">The check of the day: the second one of a day finds it done.</param>
public sealed record CheckCompliance(bool IsDaily = false) : IRequest<Outcome<ComplianceCheck>>, IGuarded
{
    public static Access Access => Access.ReadAudit;
}

/// <summary>Keeps what a check found.</summary>
internal sealed record KeepCheck(bool IsDaily, IReadOnlyList<ControlFinding> Findings) : ICommand<ComplianceCheck>
{
    public static Access Access => Access.ReadAudit;
}

/// <param name="IsDaily">The check of its day; else a person asked, or something was broken.</param>
public sealed record ComplianceCheck(int Id, DateTimeOffset At, bool IsDaily, int Met, int Minor, int Major, IReadOnlyList<ControlFinding> Findings);

internal sealed class CheckComplianceHandler(ControlBook controls, IDispatcher dispatcher) : IRequestHandler<CheckCompliance, Outcome<ComplianceCheck>>
{
    public async Task<Outcome<ComplianceCheck>> Handle(CheckCompliance request, CancellationToken cancellationToken) =>
        await dispatcher.Send(new KeepCheck(request.IsDaily, await controls.JudgeAsync(cancellationToken)), cancellationToken);
}

internal sealed class KeepCheckHandler(OpsDbContext db, Violations violations, TimeProvider time) : IRequestHandler<KeepCheck, Outcome<ComplianceCheck>>
{
    public async Task<Outcome<ComplianceCheck>> Handle(KeepCheck request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        int? day = request.IsDaily ? (int)(now / Instants.DayMs) : null;
        if (day is not null && await db.Set<ComplianceCheckRow>().AnyAsync(row => row.Day == day, cancellationToken))
        {
            return Failure.Conflict("The check of this day is done.");
        }

        var findings = request.Findings;
        var row = new ComplianceCheckRow
        {
            AtMs = now,
            Day = day,
            Met = findings.Count(finding => finding.State == ControlState.Met),
            Minor = findings.Count(finding => finding.State == ControlState.Minor),
            Major = findings.Count(finding => finding.State == ControlState.Major),
            Findings = JsonSerializer.Serialize(findings, StoreJson.Options),
        };
        db.Add(row);
        await violations.FollowAsync(findings, now, cancellationToken);
        db.Announce(now, (ComplianceTopic.Name, "all"));
        await db.SaveChangesAsync(cancellationToken);
        return Read(row);
    }

    internal static ComplianceCheck Read(ComplianceCheckRow row) => new(
        row.Id,
        Instants.ToInstant(row.AtMs),
        row.Day is not null,
        row.Met,
        row.Minor,
        row.Major,
        JsonSerializer.Deserialize<IReadOnlyList<ControlFinding>>(row.Findings, StoreJson.Options)!);
}
