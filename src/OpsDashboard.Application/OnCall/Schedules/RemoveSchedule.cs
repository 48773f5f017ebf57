using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.OnCall.Policies;
using OpsDashboard.Application.OnCall.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.OnCall.Schedules;

/// <summary>
/// Ends a schedule from now on: nobody is on call by it any more. Shifts that have passed stay history, with their stipends. Not while
/// a policy pages it.
/// </summary>
public sealed record RemoveSchedule(string Id) : ICommand<string>, IScoped
{
    public static Access Access => Access.EditSchedules;

    Touches IScoped.Touches => Touches.One(Touched.Schedule(Id));
}

internal sealed class RemoveScheduleHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<RemoveSchedule, Outcome<string>>
{
    public async Task<Outcome<string>> Handle(RemoveSchedule request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var newest = await db.Set<ScheduleVersionRow>().AsNoTracking().Where(row => row.ScheduleId == request.Id).OrderByDescending(row => row.EffectiveFromMs).FirstOrDefaultAsync(cancellationToken);
        if (newest is null || ScheduleBook.Terms(newest).Count == 0)
        {
            return Failure.NotFound($"The schedule \"{request.Id}\"");
        }

        var users = (await db.ReadPoliciesAsync(cancellationToken)).Where(policy => PolicyBook.Levels(policy).SelectMany(level => level.Targets).Any(Pages)).Select(policy => policy.Name).ToList();
        if (users.Count > 0)
        {
            return Failure.Conflict($"It is paged by {string.Join(", ", users)}: change what pages it first.");
        }

        await db.Set<ScheduleVersionRow>().Where(row => row.ScheduleId == request.Id && row.EffectiveFromMs >= now).ExecuteDeleteAsync(cancellationToken);
        await db.Set<OverrideRow>().Where(row => row.ScheduleId == request.Id && row.EndMs > now)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndMs, row => row.StartMs > now ? row.StartMs : now).SetProperty(row => row.UpdatedAtMs, now), cancellationToken);
        db.Add(new ScheduleVersionRow
        {
            ScheduleId = request.Id,
            EffectiveFromMs = now,
            Zone = newest.Zone,
            Positions = "[]",
            Reason = "Removed",
            Author = caller.Current.Name,
            CreatedAtMs = now,
        });
        db.AnnounceOnCall(now);
        await db.SaveChangesAsync(cancellationToken);
        return request.Id;

        bool Pages(EscalationTarget target) =>
            target.Kind == TargetKind.Rotation && (target.Id == request.Id || target.Id?.StartsWith($"{request.Id}/", StringComparison.Ordinal) == true);
    }
}
