using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Clocks;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Incidents.Updates;
using OpsDashboard.Application.Incidents.Work;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Incidents;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.Incidents.Detail;

/// <summary>One incident with all that belongs to it.</summary>
public sealed record GetIncident(long Id) : IQuery<IncidentDetail>, IAboutIncident
{
    public static Access Access => Access.View;

    long IAboutIncident.IncidentId => Id;
}

public sealed record IncidentDetail
{
    public required IncidentSummary Incident { get; init; }

    public string? Summary { get; init; }

    public required string OpenedBy { get; init; }

    public string? ReporterTier { get; init; }

    public required bool ReporterAnswered { get; init; }

    /// <summary>Phases it may go to.</summary>
    public required IReadOnlyList<IncidentPhase> NextPhases { get; init; }

    /// <summary>Newest first, at most <see cref="ListTimeline.MaxLimit"/>.</summary>
    public required IReadOnlyList<TimelineEntry> Timeline { get; init; }

    public required IReadOnlyList<RoleHolder> Roles { get; init; }

    public required IReadOnlyList<IncidentTask> Tasks { get; init; }

    public required IReadOnlyList<AffectedCustomer> Customers { get; init; }

    public required IReadOnlyList<string> Slos { get; init; }

    public required IReadOnlyList<IncidentAlert> Alerts { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<IncidentUpdate> Updates { get; init; }

    public required IReadOnlyList<ClockPauseSpan> Pauses { get; init; }

    public IncidentName? MergedInto { get; init; }

    public required IReadOnlyList<IncidentName> Merged { get; init; }

    /// <summary>Called beside the escalation, in that order.</summary>
    public required IReadOnlyList<CalledPath> Paths { get; init; }
}

/// <param name="By">Null: the product, by a rule of the contract.</param>
public sealed record CalledPath(string PolicyId, string Name, DateTimeOffset At, string? By);

/// <param name="Text">Markdown in notes and updates, else plain.</param>
/// <param name="Actor">Null: the product itself.</param>
public sealed record TimelineEntry(long Id, TimelineKind Kind, string Text, string? Actor, DateTimeOffset At)
{
    public bool IsMarkdown => Kind is TimelineKind.Note or TimelineKind.Update;
}

public sealed record RoleHolder(IncidentRole Role, PersonRef Person);

public sealed record IncidentTask(long Id, string Text, string? Assignee, DateTimeOffset CreatedAt, DateTimeOffset? DoneAt);

public sealed record IncidentAlert(long AlertId, string Title, DateTimeOffset AttachedAt, DateTimeOffset? ClearedAt);

public sealed record ClockPauseSpan(DateTimeOffset From, DateTimeOffset? Until, string Reason, string Author);

public sealed record IncidentName(long Id, string Name, string Title);

internal sealed class GetIncidentHandler(OpsDbContext db, IncidentClocks clocks, TimeProvider time) : IRequestHandler<GetIncident, Outcome<IncidentDetail>>
{
    public async Task<Outcome<IncidentDetail>> Handle(GetIncident request, CancellationToken cancellationToken)
    {
        var row = await db.Set<IncidentRow>().AsNoTracking().AsSplitQuery()
            .Include(row => row.Pauses)
            .Include(row => row.Services)
            .Include(row => row.Roles)
            .Include(row => row.Tasks)
            .Include(row => row.Slos)
            .Include(row => row.Customers)
            .Include(row => row.Alerts)
            .Include(row => row.Paths)
            .SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
        if (row is null)
        {
            return Failure.NotFound($"Incident {request.Id}");
        }

        var entries = await db.Set<TimelineRow>().AsNoTracking().Where(entry => entry.IncidentId == row.Id)
            .OrderByDescending(entry => entry.AtMs).ThenByDescending(entry => entry.Id).Take(ListTimeline.MaxLimit).ToListAsync(cancellationToken);
        var updates = await db.Set<IncidentUpdateRow>().AsNoTracking().Where(update => update.IncidentId == row.Id)
            .OrderByDescending(update => update.AtMs).ThenByDescending(update => update.Id).ToListAsync(cancellationToken);
        var others = await db.Set<IncidentRow>().AsNoTracking().Where(other => other.MergedIntoId == row.Id || other.Id == row.MergedIntoId)
            .OrderBy(other => other.Id).Select(other => new IncidentName(other.Id, other.Name, other.Title)).ToListAsync(cancellationToken);
        return Describe(row, entries, updates, others, time.NowMs());
    }

    private IncidentDetail Describe(IncidentRow row, List<TimelineRow> entries, List<IncidentUpdateRow> updates, List<IncidentName> others, long nowMs) => new()
    {
        Incident = IncidentSummary.Of(row, clocks, nowMs),
        Summary = row.Summary,
        OpenedBy = row.OpenedBy,
        ReporterTier = row.ReporterTier,
        ReporterAnswered = row.SupportAnsweredAtMs is not null,
        NextPhases = row.MergedIntoId is null ? IncidentLifecycle.NextOf(row.Phase) : [],
        Timeline = entries.ConvertAll(ListTimelineHandler.Read),
        Roles = [.. row.Roles.OrderBy(role => role.Role).Select(role => new RoleHolder(role.Role, new PersonRef(role.PersonId ?? "", role.Person)))],
        Tasks = [.. row.Tasks.OrderBy(task => task.DoneAtMs is not null).ThenBy(task => task.Id).Select(task => new IncidentTask(task.Id, task.Text, task.Assignee, Instants.ToInstant(task.CreatedAtMs), Read(task.DoneAtMs)))],
        Customers = [.. row.Customers.OrderBy(customer => customer.Customer, StringComparer.Ordinal).Select(customer => new AffectedCustomer(customer.Customer, customer.Tier))],
        Slos = [.. row.Slos.Select(slo => slo.Slo).Order(StringComparer.Ordinal)],
        Alerts = [.. row.Alerts.OrderBy(alert => alert.ClearedAtMs is not null).ThenBy(alert => alert.AlertId).Select(alert => new IncidentAlert(alert.AlertId, alert.Title, Instants.ToInstant(alert.AttachedAtMs), Read(alert.ClearedAtMs)))],
        Updates = updates.ConvertAll(IncidentUpdate.Of),
        Pauses = [.. row.Pauses.OrderBy(pause => pause.FromMs).Select(pause => new ClockPauseSpan(Instants.ToInstant(pause.FromMs), Read(pause.UntilMs), pause.Reason, pause.Author))],
        MergedInto = others.Find(other => other.Id == row.MergedIntoId),
        Merged = others.FindAll(other => other.Id != row.MergedIntoId),
        Paths = [.. row.Paths.OrderBy(path => path.CalledAtMs).Select(path => new CalledPath(path.PolicyId, path.Name, Instants.ToInstant(path.CalledAtMs), path.CalledBy))],
    };

    private static DateTimeOffset? Read(long? ms) => ms is { } at ? Instants.ToInstant(at) : null;
}
