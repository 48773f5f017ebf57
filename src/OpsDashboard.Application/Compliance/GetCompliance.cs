using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Compliance.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Compliance;

/// <summary>How the instance stands by its contracts: the newest check, those before, what is broken, what was certified and copied.</summary>
public sealed record GetCompliance : IQuery<ComplianceBoard>
{
    public const int DaysShown = 60;
    public const int BackupsShown = 10;

    public static Access Access => Access.ReadAudit;
}

/// <param name="Latest">Null: nothing was checked yet.</param>
/// <param name="Checks">The newest first.</param>
public sealed record ComplianceBoard(
    ComplianceCheck? Latest,
    IReadOnlyList<CheckSummary> Checks,
    IReadOnlyList<OpenViolation> Violations,
    IReadOnlyList<Certification> Certifications,
    IReadOnlyList<BackupNote> Backups);

public sealed record CheckSummary(int Id, DateTimeOffset At, bool IsDaily, int Met, int Minor, int Major);

/// <param name="EscalatedAt">When the compliance path was called; null: it will be, 24 hours after the violation began.</param>
public sealed record OpenViolation(string ControlId, ControlState State, DateTimeOffset Since, DateTimeOffset? EscalatedAt);

internal sealed class GetComplianceHandler(OpsDbContext db) : IRequestHandler<GetCompliance, Outcome<ComplianceBoard>>
{
    public async Task<Outcome<ComplianceBoard>> Handle(GetCompliance request, CancellationToken cancellationToken)
    {
        var latest = await db.Set<ComplianceCheckRow>().AsNoTracking().OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        var checks = await db.Set<ComplianceCheckRow>().AsNoTracking()
            .OrderByDescending(row => row.Id)
            .Take(GetCompliance.DaysShown)
            .Select(row => new { row.Id, row.AtMs, row.Day, row.Met, row.Minor, row.Major })
            .ToListAsync(cancellationToken);
        var violations = await db.Set<ViolationRow>().AsNoTracking().Where(row => row.EndedAtMs == null).OrderBy(row => row.SinceMs).ToListAsync(cancellationToken);
        var backups = await db.Set<BackupRow>().AsNoTracking().OrderByDescending(row => row.AtMs).Take(GetCompliance.BackupsShown).ToListAsync(cancellationToken);
        return new ComplianceBoard(
            latest is null ? null : KeepCheckHandler.Read(latest),
            checks.ConvertAll(row => new CheckSummary(row.Id, Instants.ToInstant(row.AtMs), row.Day is not null, row.Met, row.Minor, row.Major)),
            violations.ConvertAll(row => new OpenViolation(row.ControlId, row.State, Instants.ToInstant(row.SinceMs), row.EscalatedAtMs is { } at ? Instants.ToInstant(at) : null)),
            await CertificationBook.ReadAsync(db, cancellationToken),
            backups.ConvertAll(NoteBackupHandler.Describe));
    }
}
