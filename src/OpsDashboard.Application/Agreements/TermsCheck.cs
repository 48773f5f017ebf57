using OpsDashboard.Application.Slos.Minutes;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Agreements;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Agreements;

/// <summary>What both a new agreement and a new version of one must meet.</summary>
internal static class TermsCheck
{
    /// <summary>All faults of the terms, their objectives included; pointers begin with /terms.</summary>
    public static async Task<List<Fault>> CheckAsync(AgreementTerms terms, SloMinutes minutes, CancellationToken cancellationToken)
    {
        var faults = AgreementTermsRules.Check(terms).Select(fault => fault with { Pointer = $"/terms{fault.Pointer}" }).ToList();
        var methods = await minutes.MethodsAsync(terms.Slos, cancellationToken);
        foreach (var slo in terms.Slos)
        {
            if (!methods.TryGetValue(slo, out var method))
            {
                faults.Add(new Fault("/terms/slos", "slo.known", $"There is no objective \"{slo}\"."));
            }
            else if (method != BudgetingMethod.Timeslices)
            {
                faults.Add(new Fault("/terms/slos", "slo.slices", $"\"{slo}\" counts events; an uptime needs an objective that counts minutes up or down."));
            }
        }

        return faults;
    }

    /// <summary>A day as 2026-11-01.</summary>
    public static DateTimeOffset? Day(string? text, string pointer, List<Fault> faults)
    {
        if (DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var day))
        {
            return day;
        }

        faults.Add(new Fault(pointer, "day.format", "A day as 2026-11-01."));
        return null;
    }

    public static bool IsMonthStart(DateTimeOffset day) => YearMonth.Of(day).Start == day;
}
