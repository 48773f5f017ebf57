using System.Globalization;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Agreements;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Agreements;

/// <summary>Terms as people type them.</summary>
internal sealed class AgreementDraft
{
    public string Tier { get; set; } = "";

    public string Target { get; set; } = "";

    public string Fee { get; set; } = "";

    public string Currency { get; set; } = "USD";

    public AgreementMeasure Measure { get; set; }

    public bool Forgives { get; set; }

    public string NoticeHours { get; set; } = "72";

    /// <summary>Empty: no cap.</summary>
    public string CapHours { get; set; } = "";

    public ExclusionMode Mode { get; set; }

    public List<string> Slos { get; } = [];

    public List<CreditStep> Credits { get; } = [];

    public IReadOnlyList<Clause> Clauses { get; private set; } = [];

    public static AgreementDraft Of(AgreementTerms terms)
    {
        var draft = new AgreementDraft
        {
            Tier = terms.Tier ?? "",
            Target = Percent(terms.Target),
            Fee = terms.MonthlyFee.ToString("0.##", CultureInfo.InvariantCulture),
            Currency = terms.Currency,
            Measure = terms.Measure,
            Forgives = terms.Exclusions is not null,
            NoticeHours = terms.Exclusions is { } exclusions ? (exclusions.NoticeSeconds / 3600m).ToString("0.##", CultureInfo.InvariantCulture) : "72",
            CapHours = terms.Exclusions?.CapPerMonthSeconds is { } cap ? (cap / 3600m).ToString("0.##", CultureInfo.InvariantCulture) : "",
            Mode = terms.Exclusions?.Mode ?? ExclusionMode.Removed,
            Clauses = terms.Clauses,
        };
        draft.Slos.AddRange(terms.Slos);
        draft.Credits.AddRange(terms.Credits.OrderByDescending(band => band.Below).Select(band => new CreditStep { Below = Percent(band.Below), Credit = band.CreditPercent.ToString("0.##", CultureInfo.InvariantCulture) }));
        return draft;
    }

    /// <returns>Null, with faults, where a text is no figure.</returns>
    public AgreementTerms? Read(List<Fault> faults)
    {
        var target = NumberField.ReadPercent(Target, "/terms/target", faults);
        if (target is null && string.IsNullOrWhiteSpace(Target))
        {
            faults.Add(new Fault("/terms/target", "target.required", "The uptime that is promised, in percent."));
        }

        var fee = NumberField.ReadDecimal(Fee, "/terms/monthlyFee", faults);
        var exclusions = Forgives ? ReadExclusions(faults) : null;
        var credits = ReadCredits(faults);
        return faults.Count > 0
            ? null
            : new AgreementTerms
            {
                Tier = string.IsNullOrWhiteSpace(Tier) ? null : Tier.Trim(),
                Slos = [.. Slos],
                Measure = Measure,
                Target = target!.Value,
                Exclusions = exclusions,
                Credits = credits,
                MonthlyFee = fee!.Value,
                Currency = Currency.Trim().ToUpperInvariant(),
                Clauses = Clauses,
            };
    }

    private MaintenanceTerms? ReadExclusions(List<Fault> faults)
    {
        var notice = NumberField.ReadDecimal(NoticeHours, "/terms/exclusions/noticeSeconds", faults);
        var cap = string.IsNullOrWhiteSpace(CapHours) ? null : NumberField.ReadDecimal(CapHours, "/terms/exclusions/capPerMonthSeconds", faults);
        return notice is null || (cap is null && !string.IsNullOrWhiteSpace(CapHours)) ? null : new MaintenanceTerms(Mode, Seconds(cap), Seconds(notice)!.Value);
    }

    private List<CreditBand> ReadCredits(List<Fault> faults)
    {
        var steps = new List<(decimal Below, decimal Credit)>();
        for (var index = 0; index < Credits.Count; index++)
        {
            var below = NumberField.ReadPercent(Credits[index].Below, $"/terms/credits/{index}/below", faults);
            var credit = NumberField.ReadDecimal(Credits[index].Credit, $"/terms/credits/{index}/creditPercent", faults);
            if (below is not null && credit is not null)
            {
                steps.Add((below.Value, credit.Value));
            }
            else if (string.IsNullOrWhiteSpace(Credits[index].Below))
            {
                faults.Add(new Fault($"/terms/credits/{index}/below", "below.required", "Below which uptime, in percent."));
            }
        }

        // Each band reaches down to where the next one begins.
        steps.Sort((one, other) => other.Below.CompareTo(one.Below));
        return [.. steps.Select((step, index) => new CreditBand(step.Below, index + 1 < steps.Count ? steps[index + 1].Below : 0, step.Credit))];
    }

    private static long? Seconds(decimal? hours) => hours is { } some ? (long)decimal.Clamp(decimal.Round(some * 3600), -1, 1_000_000_000) : null;

    private static string Percent(decimal ratio) => (ratio * 100).ToString("0.##########", CultureInfo.InvariantCulture);
}

/// <summary>A line of the credit table as typed, in percent.</summary>
internal sealed class CreditStep
{
    public string Below { get; set; } = "";

    public string Credit { get; set; } = "";
}
