using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Incidents.Work;

/// <summary>Something to do while the incident lasts.</summary>
public sealed record AddTask(long IncidentId, string Text, string? Assignee = null) : ICommand<IncidentSummary>, IAboutIncident
{
    public const int MaxTextLength = IncidentTaskRow.MaxTextLength;
    public const int MostTasks = 100;

    public static Access Access => Access.Respond;
}

internal sealed class AddTaskValidator : AbstractValidator<AddTask>
{
    public AddTaskValidator()
    {
        RuleFor(task => task.Text).Must(text => !string.IsNullOrWhiteSpace(text)).WithErrorCode("text.required").WithMessage("Say what is to be done.");
        RuleFor(task => task.Text).MaximumLength(AddTask.MaxTextLength).WithErrorCode("text.tooLong").WithMessage($"At most {AddTask.MaxTextLength} characters.");
        RuleFor(task => task.Assignee).MaximumLength(AssignRole.MaxNameLength).WithErrorCode("assignee.tooLong").WithMessage($"At most {AssignRole.MaxNameLength} characters.");
    }
}

internal sealed class AddTaskHandler(OpsDbContext db, IncidentChange change, IncidentTimeline timeline, CallerContext caller) : IRequestHandler<AddTask, Outcome<IncidentSummary>>
{
    public Task<Outcome<IncidentSummary>> Handle(AddTask request, CancellationToken cancellationToken) => change.MakeAsync(
        request.IncidentId,
        IncidentChangeKind.TasksChanged,
        async (incident, now) =>
        {
            if (await db.Set<IncidentTaskRow>().CountAsync(task => task.IncidentId == incident.Id, cancellationToken) >= AddTask.MostTasks)
            {
                return Failure.Conflict($"An incident has at most {AddTask.MostTasks} tasks.");
            }

            var assignee = string.IsNullOrWhiteSpace(request.Assignee) ? null : request.Assignee.Trim();
            incident.Tasks.Add(new IncidentTaskRow { Text = request.Text.Trim(), Assignee = assignee, CreatedAtMs = now });
            timeline.Append(incident.Id, TimelineKind.Task, $"Task: {request.Text.Trim()}{(assignee is null ? "" : $" ({assignee})")}", caller.Current.Name, now);
            return null;
        },
        cancellationToken);
}
