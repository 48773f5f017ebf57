using MediatR;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Incidents.Alerts.Listing;
using OpsDashboard.Application.Incidents.Alerts.Silences;
using OpsDashboard.Application.Incidents.PostMortems;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Maintenance;

namespace OpsDashboard.Application.Notifications.OnCallWatch;

/// <summary>What who comes on call has to know beside the incidents of the turn before: what fires, what is muted, what is planned, what is late.</summary>
public sealed record GetHandoverNotes : IQuery<HandoverNotes>
{
    /// <summary>How far maintenance is looked ahead for.</summary>
    public const int DaysAhead = 7;

    public static Access Access => Access.View;
}

/// <param name="Open">Open incidents, the worst first.</param>
/// <param name="Alerts">Open alerts that belong to no incident, the worst first.</param>
/// <param name="Silences">In force.</param>
/// <param name="Maintenance">Running, or within <see cref="GetHandoverNotes.DaysAhead"/>.</param>
/// <param name="Overdue">Action items past their day, and post-mortems past theirs, in words.</param>
public sealed record HandoverNotes(
    IReadOnlyList<IncidentSummary> Open,
    IReadOnlyList<AlertSummary> Alerts,
    IReadOnlyList<SilenceSummary> Silences,
    IReadOnlyList<MaintenanceWindow> Maintenance,
    IReadOnlyList<string> Overdue);

internal sealed class GetHandoverNotesHandler(IDispatcher dispatcher, TimeProvider time) : IRequestHandler<GetHandoverNotes, Outcome<HandoverNotes>>
{
    public async Task<Outcome<HandoverNotes>> Handle(GetHandoverNotes request, CancellationToken cancellationToken)
    {
        var now = Instants.ToInstant(time.NowMs());
        var open = await dispatcher.Send(new ListIncidents { Scope = IncidentScope.Open, Limit = 100 }, cancellationToken);
        var alerts = await dispatcher.Send(new ListAlerts(), cancellationToken);
        var silences = await dispatcher.Send(new ListSilences(), cancellationToken);
        var maintenance = await dispatcher.Send(new ListMaintenance { From = now }, cancellationToken);
        var postMortems = await dispatcher.Send(new ListPostMortems(), cancellationToken);
        if ((open.Failure ?? alerts.Failure ?? silences.Failure ?? maintenance.Failure ?? postMortems.Failure) is { } failure)
        {
            return failure;
        }

        return new HandoverNotes(
            open.Value,
            [.. alerts.Value.Items.Where(alert => alert.IncidentId is null)],
            [.. silences.Value.Where(silence => silence.Phase == SilencePhase.InForce)],
            [.. maintenance.Value.Where(window => window.End > now && window.Start < now.AddDays(GetHandoverNotes.DaysAhead)).OrderBy(window => window.Start)],
            [
                .. postMortems.Value.Where(one => one.IsOverdue).Select(one => $"Post-mortem of {one.Title}"),
                .. postMortems.Value.SelectMany(one => one.Items).Where(item => item.IsOverdue).Select(item => $"{item.Title} ({item.Owner})"),
            ]);
    }
}
