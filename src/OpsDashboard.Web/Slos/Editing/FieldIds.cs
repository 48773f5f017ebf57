namespace OpsDashboard.Web.Slos.Editing;

/// <summary>Where on the form the field of a pointer is.</summary>
internal static class FieldIds
{
    public static string Of(string pointer)
    {
        var parts = pointer.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["alertRules", var at, "longWindowMinutes"] => $"f-alert-{at}-long",
            ["alertRules", var at, "shortWindowMinutes"] => $"f-alert-{at}-short",
            ["alertRules", var at, "threshold"] => $"f-alert-{at}-threshold",
            ["alertRules", ..] => "f-events",
            ["threshold", "op"] => "f-op",
            ["threshold", ..] => "f-limit",
            ["window", "unit"] => "f-window",
            ["window", ..] => "f-count",
            ["maintenance", "capPerMonthSeconds"] => "f-cap",
            ["maintenance", ..] => "f-notice",
            ["budgetingMethod"] => "f-method",
            ["timeSliceTarget"] => "f-slice",
            ["minimumCoverage"] => "f-coverage",
            ["minimumEvents"] => "f-events",
            ["effectiveFrom"] => "f-from",
            [var name] => $"f-{name}",
            _ => "terms",
        };
    }
}
