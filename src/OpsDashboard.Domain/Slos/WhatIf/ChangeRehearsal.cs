using OpsDashboard.Domain.Slos.Evaluation;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Domain.Slos.WhatIf;

/// <summary>What a change of an objective would have meant on the history there is. Changes nothing.</summary>
public static class ChangeRehearsal
{
    public const int Months = 12;
    public const int AlertDays = 30;

    /// <summary>Earliest hour the comparison looks at: the start of the twelfth month back, or of a longer window.</summary>
    public static int FirstHourNeeded(SloDefinition before, SloDefinition after, int nowMinute) => Math.Min(
        TimeIndex.HourOf(MonthsBefore(nowMinute)[0].Start),
        Math.Min(new SloTracker(before, nowMinute).FirstHourNeeded, new SloTracker(after, nowMinute).FirstHourNeeded));

    /// <summary>Judges the same history by both definitions.</summary>
    /// <param name="before">Sound, as is <paramref name="after"/>, by <see cref="SloDefinitionRules"/>; both read the same series.</param>
    /// <param name="hourAt">
    /// An hour of the series, null where nothing is stored. Asked once for every hour from <see cref="FirstHourNeeded"/> to the present
    /// in ascending order, then for single hours again; it may hand out one instance again and again.
    /// </param>
    /// <param name="firstMeasuredMinute">First minute the series ever reported, if it lies before those hours.</param>
    /// <param name="maintenance">All planned windows from the start of the twelfth month back.</param>
    public static RehearsedChange Compare(
        SloDefinition before,
        SloDefinition after,
        int nowMinute,
        Func<int, HourChunk?> hourAt,
        int? firstMeasuredMinute,
        IReadOnlyList<PlannedMaintenance> maintenance)
    {
        var nothing = new HourChunk();
        var nowHour = TimeIndex.HourOf(nowMinute);
        Rehearsal[] rehearsals =
        [
            new(before, nowMinute, firstMeasuredMinute, maintenance), new(after, nowMinute, firstMeasuredMinute, maintenance),
        ];
        for (var hour = FirstHourNeeded(before, after, nowMinute); hour <= nowHour; hour++)
        {
            var chunk = hourAt(hour) ?? nothing;
            foreach (var rehearsal in rehearsals)
            {
                rehearsal.Take(hour, chunk);
            }
        }

        var outcomes = rehearsals.Select(r => r.Finish(hour => hourAt(hour) ?? nothing)).ToArray();
        return new(outcomes[0], outcomes[1]);
    }

    /// <summary>The last twelve closed months, oldest first.</summary>
    internal static WindowSpan[] MonthsBefore(int nowMinute)
    {
        var months = new WindowSpan[Months];
        var month = WindowSpan.MonthOf(nowMinute);
        for (var i = Months - 1; i >= 0; i--)
        {
            months[i] = month = WindowSpan.MonthOf(month.Start - 1);
        }

        return months;
    }
}

/// <summary>The same history by the objective as it is and as proposed.</summary>
public sealed record RehearsedChange(RehearsedObjective Before, RehearsedObjective After);

/// <summary>What one definition makes of the history.</summary>
public sealed record RehearsedObjective
{
    /// <summary>Its standing now.</summary>
    public required SloEvaluation Now { get; init; }

    /// <summary>The last twelve closed months, oldest first, each judged as a calendar month whatever the objective's window.</summary>
    public required IReadOnlyList<RehearsedMonth> Months { get; init; }

    /// <summary>How many of the months with enough history would have been missed; null when none has.</summary>
    public required int? MonthsBreached { get; init; }

    /// <summary>In the order of the definition's rules.</summary>
    public required IReadOnlyList<RehearsedAlert> Alerts { get; init; }
}

/// <param name="StartMinute">First minute of the month, UTC.</param>
/// <param name="Coverage">Share of the whole month that reported, without removed maintenance.</param>
/// <param name="Breached">Null when the month was not measured, or less of it than the objective asks for.</param>
public sealed record RehearsedMonth(int StartMinute, decimal? Sli, decimal Coverage, bool? Breached);

/// <summary>A rule over the last 30 days, judged at the end of every minute.</summary>
/// <param name="Firings">How often it would have begun to fire; an alert that fires as the 30 days begin counts.</param>
/// <param name="FiringMinutes">How long it would have fired in all.</param>
/// <param name="JudgedMinutes">Minutes that had a full long window of history before them; 0 when the history does not suffice.</param>
public sealed record RehearsedAlert(BurnAlertRule Rule, int Firings, int FiringMinutes, int JudgedMinutes);
