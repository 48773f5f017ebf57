using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Domain.Agreements;

/// <summary>What one minute of an objective was.</summary>
public enum MinuteState : byte
{
    /// <summary>Nothing reported.</summary>
    Silent,

    /// <summary>Something reported, but no event: neither up nor down.</summary>
    Quiet,
    Up,
    Down,
}

/// <summary>Every minute of a span as one objective judged it, up or down.</summary>
public sealed class MinuteStates
{
    private readonly MinuteState[] states;

    /// <param name="span">Whole hours.</param>
    public MinuteStates(WindowSpan span)
    {
        Span = span;
        states = new MinuteState[span.Minutes];
    }

    public WindowSpan Span { get; }

    /// <summary>Hours that are stored as sums only: the place of their downtime inside the hour is not known, and its length is an estimate.</summary>
    public int EstimatedHours { get; private set; }

    /// <summary>Silent outside the span.</summary>
    public MinuteState this[int minute] => minute >= Span.Start && minute < Span.End ? states[minute - Span.Start] : MinuteState.Silent;

    public ReadOnlySpan<MinuteState> All => states;

    /// <summary>Takes one stored hour; hours outside the span change nothing.</summary>
    /// <param name="slo">Counts slices.</param>
    public void Apply(SloDefinition slo, int hour, HourChunk chunk)
    {
        var first = hour * TimeIndex.MinutesPerHour;
        if (first < Span.Start || first + TimeIndex.MinutesPerHour > Span.End)
        {
            return;
        }

        var into = states.AsSpan(first - Span.Start, TimeIndex.MinutesPerHour);
        if (chunk.IsCondensed)
        {
            Estimate(into, chunk.Seen, MinuteOutcome.OfHour(slo, chunk));
            return;
        }

        for (var minute = 0; minute < into.Length; minute++)
        {
            into[minute] = StateOf(MinuteOutcome.OfMinute(slo, chunk, minute));
        }
    }

    private void Estimate(Span<MinuteState> into, ulong seen, in SloTally hour)
    {
        EstimatedHours++;
        var (down, up) = (hour.Bad, hour.Good);
        for (var minute = 0; minute < into.Length; minute++)
        {
            if ((seen >> minute & 1) == 0)
            {
                into[minute] = MinuteState.Silent;
            }
            else if (down > 0)
            {
                into[minute] = MinuteState.Down;
                down--;
            }
            else
            {
                into[minute] = up > 0 ? MinuteState.Up : MinuteState.Quiet;
                up--;
            }
        }
    }

    private static MinuteState StateOf(in SloTally minute) => minute switch
    {
        { SeenMinutes: 0 } => MinuteState.Silent,
        { Total: 0 } => MinuteState.Quiet,
        { Bad: > 0 } => MinuteState.Down,
        _ => MinuteState.Up,
    };
}
