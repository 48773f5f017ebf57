using OpsDashboard.Domain.Agreements;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Domain.Tests.Agreements;

/// <summary>A calendar month to put minutes and windows into.</summary>
internal sealed class Month(int year, int number)
{
    public static readonly AgreementTerms Enterprise = AgreementTemplates.Find("enterprise")!.Terms with { MonthlyFee = 42_000m };

    private static readonly SloDefinition Slices = Slos.Slo.With(BudgetingMethod.Timeslices);

    public WindowSpan Span { get; } = new(
        TimeIndex.MinuteOf(new DateTimeOffset(year, number, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds()),
        TimeIndex.MinuteOf(new DateTimeOffset(year, number, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1).ToUnixTimeMilliseconds()));

    /// <summary>Counted over the whole month.</summary>
    public StatementFigures Count(AgreementTerms terms, params ObjectiveMinutes[] objectives) => StatementMath.Of(terms, Span, Span.Start, Span.End, objectives);

    /// <param name="stateAt">By minute of the month.</param>
    public ObjectiveMinutes Objective(Func<int, MinuteState> stateAt, params PlannedMaintenance[] planned) => Objective("agent-mesh/platform/uptime-enterprise", stateAt, planned);

    public ObjectiveMinutes Objective(string slo, Func<int, MinuteState> stateAt, params PlannedMaintenance[] planned)
    {
        var states = new MinuteStates(Span);
        var chunk = new HourChunk();
        for (var hour = Span.Start / 60; hour < Span.End / 60; hour++)
        {
            chunk.Clear();
            for (var minute = 0; minute < 60; minute++)
            {
                switch (stateAt((hour * 60) + minute - Span.Start))
                {
                    case MinuteState.Silent:
                        break;
                    case MinuteState.Quiet:
                        chunk.Merge(minute, MinuteCell.OfEvents(0, 0));
                        break;
                    case MinuteState.Up:
                        chunk.Merge(minute, MinuteCell.OfEvents(95, 100));
                        break;
                    case MinuteState.Down:
                        chunk.Merge(minute, MinuteCell.OfEvents(94, 100));
                        break;
                    default:
                        throw new ArgumentOutOfRangeException(nameof(stateAt));
                }
            }

            states.Apply(Slices, hour, chunk);
        }

        return new ObjectiveMinutes(slo, states, planned);
    }

    /// <param name="from">Minute of the month; may lie before it.</param>
    public PlannedMaintenance Window(int from, int minutes, int noticeHours = 100)
    {
        var start = TimeIndex.StartOfMinute(Span.Start + from);
        return new PlannedMaintenance(start, start + (minutes * 60_000L), start - (noticeHours * 3_600_000L));
    }
}
