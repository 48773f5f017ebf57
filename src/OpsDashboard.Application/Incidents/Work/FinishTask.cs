using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Incidents.Work;

/// <param name="Done">False takes it back.</param>
public sealed record FinishTask(long IncidentId, long TaskId, bool Done) : ICommand<IncidentSummary>, IAboutIncident
{
    public static Access Access => Access.Respond;
}

internal sealed class FinishTaskHandler(OpsDbContext db, IncidentChange change, IncidentTimeline timeline, CallerContext caller) : IRequestHandler<FinishTask, Outcome<IncidentSummary>>
{
    public Task<Outcome<IncidentSummary>> Handle(FinishTask request, CancellationToken cancellationToken) => change.MakeAsync(
        request.IncidentId,
        IncidentChangeKind.TasksChanged,
        async (incident, now) =>
        {
            var task = await db.Set<IncidentTaskRow>().SingleOrDefaultAsync(row => row.Id == request.TaskId && row.IncidentId == incident.Id, cancellationToken);
            if (task is null)
            {
                return Failure.NotFound($"Task {request.TaskId}");
            }

            if (task.DoneAtMs is null == request.Done)
            {
                task.DoneAtMs = request.Done ? now : null;
                timeline.Append(incident.Id, TimelineKind.Task, $"{(request.Done ? "Done" : "Open again")}: {task.Text}", caller.Current.Name, now);
            }

            return null;
        },
        cancellationToken);
}
