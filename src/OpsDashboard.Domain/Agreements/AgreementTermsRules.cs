using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Agreements;

/// <summary>What terms must be like before anybody is held to them.</summary>
public static class AgreementTermsRules
{
    public const int MaxSlos = 100;
    public const int MaxBands = 12;
    public const int MaxClauses = 20;
    public const decimal MaxFee = 1_000_000_000m;

    private const long MonthSeconds = 31L * 86_400;
    private const long MaxNoticeSeconds = 90L * 86_400;

    /// <summary>All faults at once; pointers are relative to the terms.</summary>
    public static IReadOnlyList<Fault> Check(AgreementTerms terms)
    {
        var faults = new List<Fault>();
        Require(terms.Slos.Count is > 0 and <= MaxSlos, "/slos", "slos.count", $"Bind 1 to {MaxSlos} objectives.");
        Require(terms.Slos.Distinct(StringComparer.Ordinal).Count() == terms.Slos.Count, "/slos", "slos.once", "Each objective once.");
        Require(Enum.IsDefined(terms.Measure), "/measure", "measure.known", "allUp or worstObjective.");
        Require(terms.Target is > 0 and < 1, "/target", "target.range", "An uptime above 0 % and below 100 %.");
        Require(terms.MonthlyFee is >= 0 and <= MaxFee, "/monthlyFee", "monthlyFee.range", "A fee of 0 or more.");
        Require(decimal.Round(terms.MonthlyFee, 2) == terms.MonthlyFee, "/monthlyFee", "monthlyFee.cents", "At most two decimals.");
        Require(terms.Currency is { Length: 3 } code && code.All(char.IsAsciiLetterUpper), "/currency", "currency.iso", "A currency by its three letters, such as USD.");
        Require(terms.Tier is null or { Length: > 0 and <= 40 }, "/tier", "tier.length", "At most 40 characters.");
        if (terms.Exclusions is { } exclusions)
        {
            Require(Enum.IsDefined(exclusions.Mode), "/exclusions/mode", "mode.known", "removed or countedAsUp.");
            Require(exclusions.CapPerMonthSeconds is null or (>= 0 and <= MonthSeconds), "/exclusions/capPerMonthSeconds", "cap.range", "A cap between 0 and 31 days, or none.");
            Require(exclusions.NoticeSeconds is >= 0 and <= MaxNoticeSeconds, "/exclusions/noticeSeconds", "notice.range", "A notice between 0 and 90 days.");
        }

        CheckCredits(terms, Require);
        Require(terms.Clauses.Count <= MaxClauses, "/clauses", "clauses.count", $"At most {MaxClauses} clauses.");
        Require(terms.Clauses.All(clause => clause.Document is { Length: > 0 and <= 200 } && clause.Section is { Length: > 0 and <= 300 } && clause.Quote is { Length: > 0 and <= 1000 }), "/clauses", "clauses.text", "A clause names its document and section and quotes it.");
        return faults;

        void Require(bool holds, string pointer, string rule, string message)
        {
            if (!holds)
            {
                faults.Add(new Fault(pointer, rule, message));
            }
        }
    }

    private static void CheckCredits(AgreementTerms terms, Action<bool, string, string, string> require)
    {
        if (terms.Credits.Count == 0)
        {
            return;
        }

        require(terms.Credits.Count <= MaxBands, "/credits", "credits.count", $"At most {MaxBands} bands.");
        if (!IsTable(terms.Credits))
        {
            require(false, "/credits", "credits.table", "Bands follow each other without gap or overlap down to 0 %, each with a credit of 0 to 100 %.");
            return;
        }

        var ordered = terms.Credits.OrderByDescending(band => band.Below).ToList();
        require(ordered[0].Below <= terms.Target, "/credits", "credits.belowTarget", "No credit for an uptime that keeps the promise: the first band begins at the promised uptime or below it.");
        require(
            ordered.Zip(ordered.Skip(1)).All(pair => pair.First.CreditPercent <= pair.Second.CreditPercent),
            "/credits",
            "credits.order",
            "A lower uptime earns no smaller credit.");
    }

    private static bool IsTable(IReadOnlyList<CreditBand> bands)
    {
        try
        {
            return new ServiceCredits(bands).Bands.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
