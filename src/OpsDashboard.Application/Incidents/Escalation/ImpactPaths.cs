using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Detail;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.OnCall;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Incidents.Escalation;

/// <summary>
/// Calls the business paths the product can tell itself (Escalation Procedures, 2): customer impact once a customer is named,
/// financial impact once the month of an objective the incident touches earns its customers a credit. A credit comes with time: it is
/// looked for again while the incident is open.
/// </summary>
internal sealed class ImpactPaths(OpsDbContext db, PathCalls calls, OnCallRoster roster, IDispatcher dispatcher) : ITimerListener, INotificationHandler<IncidentChanged>
{
    public const string Customer = "customer-impact";
    public const string Financial = "financial-impact";
    public const long LookAgainMs = 5 * Instants.MinuteMs;

    public async Task Handle(IncidentChanged notification, CancellationToken cancellationToken)
    {
        if (notification.Kind is not (IncidentChangeKind.Opened or IncidentChangeKind.AffectedChanged or IncidentChangeKind.Resolved or IncidentChangeKind.Merged)
            || await db.FindAsync<IncidentRow>([notification.IncidentId], cancellationToken) is not { } incident)
        {
            return;
        }

        if (notification.Kind == IncidentChangeKind.AffectedChanged && incident.IsOpen)
        {
            await TellOfCustomersAsync(incident, notification.AtMs, cancellationToken);
        }

        if (ShippedCredits.HasTerms(incident.Platform))
        {
            await ArmAsync(incident, notification.AtMs, cancellationToken);
        }
    }

    private async Task TellOfCustomersAsync(IncidentRow incident, long nowMs, CancellationToken cancellationToken)
    {
        await db.Entry(incident).Collection(row => row.Customers).LoadAsync(cancellationToken);
        var names = incident.Customers.Select(row => row.Customer).Order(StringComparer.Ordinal).ToList();
        if (names.Count > 0)
        {
            await CallAsync(incident, Customer, names.Count <= 3 ? string.Join(", ", names) : string.Create(CultureInfo.InvariantCulture, $"{names[0]}, {names[1]} and {names.Count - 2} more"), nowMs, cancellationToken);
        }
    }

    public async Task FireAsync(IncidentRow incident, IncidentTimer timer, long nowMs, CancellationToken cancellationToken)
    {
        if (timer != IncidentTimer.Impact || !incident.IsOpen)
        {
            return;
        }

        var impact = await dispatcher.Send(new GetIncidentImpact(incident.Id), cancellationToken);
        if (impact.Succeeded && impact.Value.Where(slo => slo.CreditPercent > 0).MaxBy(slo => slo.CreditPercent) is { } worst)
        {
            await CallAsync(incident, Financial, string.Create(CultureInfo.InvariantCulture, $"{worst.CreditPercent:0.##} % credit at risk on {worst.Name}"), nowMs, cancellationToken);
        }
        else
        {
            incident.SetTimer(IncidentTimer.Impact, nowMs + LookAgainMs);
        }
    }

    /// <summary>Only objectives that can earn a credit are watched, and only until their path was called.</summary>
    private async Task ArmAsync(IncidentRow incident, long nowMs, CancellationToken cancellationToken)
    {
        await db.Entry(incident).Collection(row => row.Timers).LoadAsync(cancellationToken);
        var watched = incident.IsOpen
            && await db.Set<IncidentSloRow>().AnyAsync(row => row.IncidentId == incident.Id, cancellationToken)
            && !await db.Set<IncidentPathRow>().AnyAsync(row => row.IncidentId == incident.Id && row.PolicyId == Financial, cancellationToken);
        incident.SetTimer(IncidentTimer.Impact, watched ? nowMs + Instants.MinuteMs : null);
    }

    private async Task CallAsync(IncidentRow incident, string policyId, string reason, long nowMs, CancellationToken cancellationToken)
    {
        // Somebody may have removed the path: then nobody is to be told.
        if (await roster.FindPolicyAsync(policyId, cancellationToken) is { } policy)
        {
            await calls.CallAsync(incident, policy, reason, null, nowMs, cancellationToken);
        }
    }
}
