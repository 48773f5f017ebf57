using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain;

namespace OpsDashboard.Application.Incidents.Work;

/// <param name="Tier">As the contract names it; null: not known.</param>
public sealed record AffectedCustomer(string Name, string? Tier);

/// <summary>What the incident touches: services with what their users miss, customers, objectives. The lists replace those before.</summary>
public sealed record SetAffected : ICommand<IncidentSummary>, IAboutIncident
{
    public const int MostEntries = 200;

    public static Access Access => Access.Respond;

    public required long IncidentId { get; init; }

    public required IReadOnlyList<AffectedService> Services { get; init; }

    public required IReadOnlyList<AffectedCustomer> Customers { get; init; }

    /// <summary>platform/service/slo.</summary>
    public required IReadOnlyList<string> Slos { get; init; }
}

internal sealed class SetAffectedValidator : AbstractValidator<SetAffected>
{
    public SetAffectedValidator()
    {
        RuleFor(affected => affected.Services).Must(list => list.Count <= SetAffected.MostEntries).WithErrorCode("services.tooMany").WithMessage($"At most {SetAffected.MostEntries}.");
        RuleFor(affected => affected.Customers).Must(list => list.Count <= SetAffected.MostEntries).WithErrorCode("customers.tooMany").WithMessage($"At most {SetAffected.MostEntries}.");
        RuleFor(affected => affected.Customers).Must(list => list.All(customer => customer.Name.Trim().Length is > 0 and <= 200 && customer.Tier is null or { Length: <= 40 }))
            .WithErrorCode("customers.name").WithMessage("A customer has a name of at most 200 characters.");
        RuleFor(affected => affected.Slos).Must(list => list.Count <= SetAffected.MostEntries).WithErrorCode("slos.tooMany").WithMessage($"At most {SetAffected.MostEntries}.");
    }
}

internal sealed class SetAffectedHandler(OpsDbContext db, IncidentChange change, IncidentTimeline timeline, IDispatcher dispatcher, CallerContext caller)
    : IRequestHandler<SetAffected, Outcome<IncidentSummary>>
{
    public Task<Outcome<IncidentSummary>> Handle(SetAffected request, CancellationToken cancellationToken) => change.MakeAsync(
        request.IncidentId,
        IncidentChangeKind.AffectedChanged,
        async (incident, now) =>
        {
            var faults = await UnknownAsync(incident, request, cancellationToken);
            if (faults.Count > 0)
            {
                return Failure.Invalid(faults);
            }

            await db.Entry(incident).Collection(row => row.Slos).LoadAsync(cancellationToken);
            await db.Entry(incident).Collection(row => row.Customers).LoadAsync(cancellationToken);
            Replace(incident, request);
            var words = request.Services.Select(service => $"{service.Path} ({Words.Impact(service.Impact)})").Concat(request.Customers.Select(customer => customer.Name.Trim()));
            timeline.Append(incident.Id, TimelineKind.Affected, $"Affected: {string.Join(", ", words)}", caller.Current.Name, now);
            return null;
        },
        cancellationToken);

    private static void Replace(IncidentRow incident, SetAffected request)
    {
        incident.Services.RemoveAll(row => request.Services.All(service => service.Path != row.Path));
        foreach (var service in request.Services.DistinctBy(service => service.Path, StringComparer.Ordinal))
        {
            if (incident.Services.Find(row => row.Path == service.Path) is { } known)
            {
                known.Impact = service.Impact;
            }
            else
            {
                incident.Services.Add(new IncidentServiceRow { Path = service.Path, Impact = service.Impact });
            }
        }

        incident.Slos.RemoveAll(row => !request.Slos.Contains(row.Slo, StringComparer.Ordinal));
        incident.Slos.AddRange(request.Slos.Distinct(StringComparer.Ordinal).Where(slo => incident.Slos.TrueForAll(row => row.Slo != slo)).Select(slo => new IncidentSloRow { Slo = slo }).ToList());
        var customers = request.Customers.Select(customer => customer with { Name = customer.Name.Trim() }).DistinctBy(customer => customer.Name, StringComparer.Ordinal).ToList();
        incident.Customers.RemoveAll(row => customers.TrueForAll(customer => customer.Name != row.Customer));
        foreach (var customer in customers)
        {
            if (incident.Customers.Find(row => row.Customer == customer.Name) is { } known)
            {
                known.Tier = customer.Tier;
            }
            else
            {
                incident.Customers.Add(new IncidentCustomerRow { Customer = customer.Name, Tier = customer.Tier });
            }
        }
    }

    private async Task<IReadOnlyList<Fault>> UnknownAsync(IncidentRow incident, SetAffected request, CancellationToken cancellationToken)
    {
        var services = (await db.ListServicePathsAsync(cancellationToken)).Append(incident.Platform).ToHashSet(StringComparer.Ordinal);
        var slos = await dispatcher.Send(new Slos.Status.ListSloStatuses(), cancellationToken);
        var known = slos.Succeeded ? slos.Value.Select(slo => slo.Id).ToHashSet(StringComparer.Ordinal) : [];
        return
        [
            .. request.Services.Where(service => !services.Contains(service.Path)).Select(service => new Fault("/services", "service.known", $"There is no service \"{service.Path}\".")),
            .. request.Slos.Where(slo => !known.Contains(slo)).Select(slo => new Fault("/slos", "slo.known", $"There is no objective \"{slo}\".")),
        ];
    }
}
