using MediatR;
using OpsDashboard.Application.OnCall.Schedules;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain;
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

/// <param name="CatchAll">The pages of the catch-all, when no level has anyone; empty otherwise.</param>
public sealed record PolicySimulation(DateTimeOffset At, IReadOnlyList<SimulatedPage> Pages, IReadOnlyList<PersonRef> CatchAll)
{
    /// <summary>Not one level pages anyone.</summary>
    public bool NobodyAnywhere => Pages.All(page => page.People.Count == 0);
}

/// <param name="Cycle">0 for the first time through the levels.</param>
/// <param name="People">Empty: the next level is paged at once.</param>
public sealed record SimulatedPage(int Cycle, int Level, string LevelName, DateTimeOffset At, IReadOnlyList<PersonRef> People);

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
        var pages = Pages(book, request, at.ToUnixTimeMilliseconds()).Take(MaxPages).ToList();
        var simulation = new PolicySimulation(at.ToUniversalTime(), pages, []);
        return simulation.NobodyAnywhere
            ? simulation with { CatchAll = await roster.CatchAllAsync(at.ToUnixTimeMilliseconds(), cancellationToken) }
            : simulation;
    }

    private static IEnumerable<SimulatedPage> Pages(ScheduleBook book, SimulatePolicy request, long openedMs)
    {
        var dueMs = openedMs;
        var lastWasEmpty = false;
        for (var cycle = 0; cycle <= request.Repeats; cycle++)
        {
            for (var level = 0; level < request.Levels.Count; level++)
            {
                // After an empty level the next is paged at once: its delay would be a delay after nothing.
                dueMs += lastWasEmpty ? 0 : request.Levels[level].DelaySeconds * 1000L;
                var people = OnCallRoster.Who(book, request.Levels[level].Targets, dueMs);
                lastWasEmpty = people.Count == 0;
                yield return new SimulatedPage(cycle, level, request.Levels[level].Name, Instants.ToInstant(dueMs), people);
            }
        }
    }
}
