using MediatR;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.OnCall;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Dashboards.Readiness;

/// <summary>Who is on call within the next 14 days, and whether a page would reach them.</summary>
public sealed record GetReadiness : IQuery<IReadOnlyList<PersonReadiness>>
{
    public const int DaysAhead = 14;

    public static Access Access => Access.View;
}

/// <param name="Reachable">They have a verified contact method on a channel that is set up.</param>
public sealed record PersonReadiness(UpcomingShift Shift, bool Reachable);

internal sealed class GetReadinessHandler(OnCallRoster roster, Reachability reachability, TimeProvider time) : IRequestHandler<GetReadiness, Outcome<IReadOnlyList<PersonReadiness>>>
{
    public async Task<Outcome<IReadOnlyList<PersonReadiness>>> Handle(GetReadiness request, CancellationToken cancellationToken)
    {
        var upcoming = await roster.UpcomingAsync(time.NowMs(), GetReadiness.DaysAhead, cancellationToken);
        var unreachable = await reachability.UnreachableAsync([.. upcoming.Select(shift => shift.Person.Id)], cancellationToken);
        return upcoming.Select(shift => new PersonReadiness(shift, !unreachable.Contains(shift.Person.Id, StringComparer.Ordinal))).ToList();
    }
}
