using System.Globalization;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Kpis;

namespace OpsDashboard.Application.Kpis.Entry;

/// <summary>The rules a told value keeps, whichever way it came.</summary>
internal sealed class ClaimReader(IReadOnlyDictionary<string, KpiDefinition> kpis, DateOnly today)
{
    public const int MaxNoteLength = 500;

    private const decimal Largest = 1_000_000_000_000_000m;

    private static readonly DateOnly Earliest = new(2000, 1, 1);

    /// <returns>Null where a fault was added.</returns>
    public KpiClaim? Read(string? kpiId, string? period, decimal? value, string? note, string pointer, List<Fault> faults)
    {
        var before = faults.Count;
        if (kpiId is null || !kpis.TryGetValue(kpiId, out var kpi))
        {
            faults.Add(new Fault($"{pointer}/kpi", "kpi.known", $"There is no KPI \"{kpiId}\"."));
            return null;
        }

        if (kpi.Computed is not null)
        {
            faults.Add(new Fault($"{pointer}/kpi", "kpi.computed", $"{kpi.Name} is computed: its values cannot be handed in."));
        }

        if (!KpiPeriod.TryParse(kpi.Cadence, period, out var read))
        {
            faults.Add(new Fault($"{pointer}/period", "period.format", $"{kpi.Name} has a value for each {KpiText.Cadence(kpi.Cadence)}: write it as {KpiPeriod.Of(kpi.Cadence, today)}, or as a day in it."));
        }
        else if (read.Start > today || read.Start < Earliest)
        {
            faults.Add(new Fault($"{pointer}/period", "period.range", "The period has begun, and not before the year 2000."));
        }

        Judge(kpi, value, pointer, faults);
        if (note?.Length > MaxNoteLength)
        {
            faults.Add(new Fault($"{pointer}/note", "note.tooLong", $"At most {MaxNoteLength} characters."));
        }

        return faults.Count > before ? null : new KpiClaim(kpi.Id, read.Start, value is { } number ? decimal.Round(number, 12) : null, string.IsNullOrWhiteSpace(note) ? null : note.Trim());
    }

    /// <summary>A number with a point for decimals; "95 %" is 0.95.</summary>
    public static decimal? Number(string text, string pointer, List<Fault> faults)
    {
        var percent = text.EndsWith('%');
        if (decimal.TryParse(percent ? text[..^1].Trim() : text.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return percent ? number / 100 : number;
        }

        faults.Add(new Fault($"{pointer}/value", "value.number", "A number with a point for decimals, without separators for thousands; 95 % or 0.95 for a share."));
        return null;
    }

    private static void Judge(KpiDefinition kpi, decimal? value, string pointer, List<Fault> faults)
    {
        if (value is not { } number)
        {
            return;
        }

        if (Math.Abs(number) >= Largest)
        {
            faults.Add(new Fault($"{pointer}/value", "value.range", "The number is too large."));
        }
        else if (number < 0 && kpi.MeasuredIn is KpiUnit.Count or KpiUnit.Seconds or KpiUnit.Minutes or KpiUnit.Hours or KpiUnit.Days or KpiUnit.Weeks or KpiUnit.Milliseconds or KpiUnit.PerDay && number < 0)
        {
            faults.Add(new Fault($"{pointer}/value", "value.negative", $"{kpi.Name} cannot be below zero."));
        }
        else if (kpi.MeasuredIn == KpiUnit.YesNo && number is not (0 or 1))
        {
            faults.Add(new Fault($"{pointer}/value", "value.yesNo", "1 for yes, 0 for no."));
        }
    }
}
