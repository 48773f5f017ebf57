using MediatR;
using NodaTime;
using OpsDashboard.Application.OnCall.Schedules;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.OnCall.Roster;

/// <summary>When nobody will be on call within the next 14 days, at any position that anyone ever holds.</summary>
public sealed record FindCoverageGaps : IQuery<IReadOnlyList<CoverageGap>>
{
    public const int DaysAhead = 14;

    public static Access Access => Access.View;
}

/// <param name="Start">Now for one that runs.</param>
/// <param name="End">Exclusive; where the search ends for one that lasts beyond it.</param>
/// <param name="Lasts">It lasts beyond what is looked ahead.</param>
public sealed record CoverageGap(string Schedule, string ScheduleName, string Position, string PositionName, DateTimeOffset Start, DateTimeOffset End, bool Lasts);

internal sealed class FindCoverageGapsHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<FindCoverageGaps, Outcome<IReadOnlyList<CoverageGap>>>
{
    private const int MaxFound = 200;

    public async Task<Outcome<IReadOnlyList<CoverageGap>>> Handle(FindCoverageGaps request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var book = await ScheduleBook.ReadAsync(db, now, cancellationToken);
        var start = Instant.FromUnixTimeMilliseconds(now);
        var end = start + Duration.FromDays(FindCoverageGaps.DaysAhead);
        var gaps = from booked in book.Schedules
                   from place in booked.Plan.PositionsIn(start, end)
                   from gap in booked.Plan.Render(place.Id, start, end).Gaps
                   orderby gap.Start
                   select new CoverageGap(
                       booked.Id, booked.Row.Name, place.Id, place.Name, gap.Start.ToDateTimeOffset(), gap.End.ToDateTimeOffset(), gap.End == end);
        return gaps.Take(MaxFound).ToList();
    }
}
