using FluentValidation;
using MediatR;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.OnCall;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Application.Incidents.Work;

/// <summary>Gives a role to a person of the roster, or to somebody named.</summary>
/// <param name="Person">Id or name; null: nobody has it any more.</param>
public sealed record AssignRole(long IncidentId, IncidentRole Role, string? Person) : ICommand<IncidentSummary>, IAboutIncident
{
    public const int MaxNameLength = 100;

    public static Access Access => Access.Respond;
}

internal sealed class AssignRoleValidator : AbstractValidator<AssignRole>
{
    public AssignRoleValidator()
    {
        RuleFor(assign => assign.Role).IsInEnum().WithErrorCode("role.known").WithMessage("Choose a role.");
        RuleFor(assign => assign.Person).MaximumLength(AssignRole.MaxNameLength).WithErrorCode("person.tooLong").WithMessage($"At most {AssignRole.MaxNameLength} characters.");
    }
}

internal sealed class AssignRoleHandler(IncidentChange change, OnCallRoster roster, IncidentTimeline timeline, CallerContext caller)
    : IRequestHandler<AssignRole, Outcome<IncidentSummary>>
{
    public Task<Outcome<IncidentSummary>> Handle(AssignRole request, CancellationToken cancellationToken) => change.MakeAsync(
        request.IncidentId,
        IncidentChangeKind.RolesChanged,
        async (incident, now) =>
        {
            var name = request.Person?.Trim() ?? "";
            var known = (await roster.PeopleAsync(cancellationToken)).FirstOrDefault(person => person.Id == name || string.Equals(person.Name, name, StringComparison.OrdinalIgnoreCase));
            var row = incident.Roles.Find(role => role.Role == request.Role);
            if (name.Length == 0)
            {
                if (row is not null)
                {
                    incident.Roles.Remove(row);
                    timeline.Append(incident.Id, TimelineKind.Role, $"{request.Role}: nobody any more", caller.Current.Name, now);
                }

                return null;
            }

            if (row is null)
            {
                row = new IncidentRoleRow { Role = request.Role, Person = name };
                incident.Roles.Add(row);
            }

            (row.PersonId, row.Person) = (known?.Id, known?.Name ?? name);
            timeline.Append(incident.Id, TimelineKind.Role, $"{request.Role}: {row.Person}", caller.Current.Name, now);
            return null;
        },
        cancellationToken);
}
