using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Clocks;
using OpsDashboard.Application.Incidents.Escalation;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Incidents.Work;

/// <summary>It is the same as another that is open: that one goes on with the alerts and what is affected, this one ends.</summary>
public sealed record MergeIncident(long IncidentId, long IntoId) : ICommand<IncidentSummary>, IAboutIncident
{
    public static Access Access => Access.Respond;
}

internal sealed class MergeIncidentHandler(
    OpsDbContext db,
    IncidentDesk desk,
    IncidentEnding ending,
    Escalator escalator,
    IncidentClocks clocks,
    IncidentTimeline timeline,
    CallerContext caller,
    TimeProvider time) : IRequestHandler<MergeIncident, Outcome<IncidentSummary>>
{
    public async Task<Outcome<IncidentSummary>> Handle(MergeIncident request, CancellationToken cancellationToken)
    {
        if (request.IncidentId == request.IntoId)
        {
            return Failure.Invalid("/intoId", "into.other", "An incident cannot be merged into itself.");
        }

        var now = time.NowMs();
        var both = await desk.TakeAsync([request.IncidentId, request.IntoId], cancellationToken);
        if (both.SingleOrDefault(row => row.Id == request.IncidentId) is not { } from)
        {
            return Failure.NotFound($"Incident {request.IncidentId}");
        }

        if (both.SingleOrDefault(row => row.Id == request.IntoId) is not { } into)
        {
            return Failure.Invalid("/intoId", "into.known", $"There is no incident {request.IntoId}.");
        }

        if (!from.IsOpen || !into.IsOpen)
        {
            return Failure.Conflict("Only open incidents are merged, and only into an open one.");
        }

        await MoveAsync(from, into, now, cancellationToken);
        from.MergedIntoId = into.Id;
        timeline.Append(from.Id, TimelineKind.Merge, $"Merged into {into.Name}", caller.Current.Name, now);
        timeline.Append(into.Id, TimelineKind.Merge, $"{from.Name} \"{from.Title}\" was merged into this", caller.Current.Name, now);
        await ending.ResolveAsync(from, $"Ended by merging into {into.Name}", null, now, cancellationToken);
        escalator.ExpectWork(into, now);
        clocks.Arm(into, now);
        await desk.TellAsync(from, IncidentChangeKind.Merged, now, cancellationToken);
        await desk.TellAsync(into, IncidentChangeKind.AffectedChanged, now, cancellationToken);
        return IncidentSummary.Of(into, clocks, now);
    }

    private async Task MoveAsync(IncidentRow from, IncidentRow into, long nowMs, CancellationToken cancellationToken)
    {
        into.StartedAtMs = Math.Min(into.StartedAtMs, from.StartedAtMs);
        foreach (var service in from.Services.Where(service => into.Services.TrueForAll(known => known.Path != service.Path)))
        {
            into.Services.Add(new IncidentServiceRow { Path = service.Path, Impact = service.Impact });
        }

        await db.Entry(from).Collection(row => row.Slos).LoadAsync(cancellationToken);
        await db.Entry(into).Collection(row => row.Slos).LoadAsync(cancellationToken);
        into.Slos.AddRange([.. from.Slos.Where(slo => into.Slos.TrueForAll(known => known.Slo != slo.Slo)).Select(slo => new IncidentSloRow { Slo = slo.Slo })]);
        await db.Entry(from).Collection(row => row.Customers).LoadAsync(cancellationToken);
        await db.Entry(into).Collection(row => row.Customers).LoadAsync(cancellationToken);
        into.Customers.AddRange([.. from.Customers.Where(customer => into.Customers.TrueForAll(known => known.Customer != customer.Customer)).Select(customer => new IncidentCustomerRow { Customer = customer.Customer, Tier = customer.Tier })]);
        await db.Entry(from).Collection(row => row.Alerts).LoadAsync(cancellationToken);
        await db.Entry(into).Collection(row => row.Alerts).LoadAsync(cancellationToken);
        foreach (var alert in from.Alerts.Where(alert => alert.ClearedAtMs is null))
        {
            // From here on its end is news for the other.
            alert.ClearedAtMs = nowMs;
            if (into.Alerts.TrueForAll(known => known.AlertId != alert.AlertId))
            {
                into.Alerts.Add(new IncidentAlertRow { AlertId = alert.AlertId, Title = alert.Title, AttachedAtMs = nowMs });
            }
        }
    }
}
