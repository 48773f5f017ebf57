using MediatR;
using OpsDashboard.Application.OnCall.Schedules;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Incidents;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.OnCall.Policies;

/// <summary>Who would be paged, and when, for something that opens at an instant and that nobody acknowledges. Pages nobody.</summary>
public sealed record SimulatePolicy : IQuery<PolicySimulation>
{
    public static Access Access => Access.View;

    /// <summary>Null: now.</summary>
    public DateTimeOffset? At { get; init; }

    public required int Repeats { get; init; }

    /// <summary>As they are stored or as they are being edited.</summary>
    public required IReadOnlyList<EscalationLevel> Levels { get; init; }
}

public sealed record PolicySimulation(DateTimeOffset At, IReadOnlyList<SimulatedPage> Pages)
{
    /// <summary>Not one level pages anyone.</summary>
    public bool NobodyAnywhere => Pages.All(page => page.CatchAll || page.People.Count == 0);
}

/// <param name="Cycle">0 for the first time through the levels.</param>
/// <param name="People">Empty: the next level is paged at once.</param>
/// <param name="CatchAll">No level: whoever is paged when nobody stands on any, or when nobody took it after all of them.</param>
public sealed record SimulatedPage(int Cycle, int Level, string LevelName, DateTimeOffset At, IReadOnlyList<PersonRef> People, bool CatchAll = false);

internal sealed class SimulatePolicyHandler(OpsDbContext db, OnCallRoster roster, TimeProvider time) : IRequestHandler<SimulatePolicy, Outcome<PolicySimulation>>
{
    private const int MaxPages = 60;

    public async Task<Outcome<PolicySimulation>> Handle(SimulatePolicy request, CancellationToken cancellationToken)
    {
        var faults = new List<Fault>();
        PolicyRules.Check("simulation", request.Repeats, request.Levels, [], faults);
        var at = request.At ?? Instants.ToInstant(time.NowMs());
        if (at.Year is < 2000 or > 2098)
        {
            faults.Add(new Fault("/at", "at.range", "From 2000 to 2098."));
        }

        if (faults.Count > 0)
        {
            return Failure.Invalid(faults);
        }

        var book = await ScheduleBook.ReadAsync(db, at.ToUnixTimeMilliseconds(), cancellationToken);
        return new PolicySimulation(at.ToUniversalTime(), await PagesAsync(book, request, at.ToUnixTimeMilliseconds(), cancellationToken));
    }

    /// <summary>Goes the way of a real escalation: the same run decides when which level is called.</summary>
    private async Task<IReadOnlyList<SimulatedPage>> PagesAsync(ScheduleBook book, SimulatePolicy request, long openedMs, CancellationToken cancellationToken)
    {
        var pages = new List<SimulatedPage>();
        var plan = new EscalationPlan([.. request.Levels.Select(level => level.DelaySeconds * 1000L)], request.Repeats);
        var run = EscalationRun.Start(plan, openedMs);
        while (run is { State: EscalationState.Running, DueMs: { } dueMs } && pages.Count < MaxPages)
        {
            var called = false;
            for (var empty = 0; empty < request.Levels.Count && !called; empty++)
            {
                run = run.Advance(plan, dueMs);
                if (run.State == EscalationState.Exhausted)
                {
                    break;
                }

                var people = OnCallRoster.Who(book, request.Levels[run.Level].Targets, dueMs);
                pages.Add(new SimulatedPage(run.Cycle, run.Level, request.Levels[run.Level].Name, Instants.ToInstant(dueMs), people));
                called = people.Count > 0;
            }

            if (!called)
            {
                pages.Add(new SimulatedPage(run.Cycle, run.Level, "Catch-all", Instants.ToInstant(dueMs), await roster.CatchAllAsync(dueMs, cancellationToken), CatchAll: true));
            }
        }

        return pages;
    }
}
