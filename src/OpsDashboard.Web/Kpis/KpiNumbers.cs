using System.Globalization;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Kpis;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Kpis;

/// <summary>Values as people type them: shares in percent, all else in its own unit.</summary>
internal static class KpiNumbers
{
    public static IReadOnlyList<(string Value, string Word)> Comparisons { get; } =
        [("greaterOrEqual", "at least"), ("greaterThan", "above"), ("lessOrEqual", "at most"), ("lessThan", "below")];

    public static Comparison Read(string word) => word switch
    {
        "greaterThan" => Comparison.GreaterThan,
        "lessOrEqual" => Comparison.LessOrEqual,
        "lessThan" => Comparison.LessThan,
        _ => Comparison.GreaterOrEqual,
    };

    public static string Word(Comparison comparison) => comparison switch
    {
        Comparison.LessThan => "lessThan",
        Comparison.LessOrEqual => "lessOrEqual",
        Comparison.GreaterThan => "greaterThan",
        Comparison.GreaterOrEqual => "greaterOrEqual",
    };

    /// <returns>Null where it is empty, or with a fault where it is none.</returns>
    public static decimal? Read(string text, KpiUnit unit, string pointer, List<Fault> faults) =>
        string.IsNullOrWhiteSpace(text) ? null : NumberField.ReadDecimal(text.TrimEnd('%', ' '), pointer, faults) is { } number ? unit == KpiUnit.Ratio ? number / 100 : number : null;

    public static string Write(decimal? value, KpiUnit unit) =>
        value is { } number ? (unit == KpiUnit.Ratio ? number * 100 : number).ToString("0.############", CultureInfo.InvariantCulture) : "";

    public static string Words<T>(T value)
        where T : struct, Enum => string.Concat(value.ToString().Select((letter, index) => index > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : letter.ToString()));

    public static IReadOnlyList<(string Value, string Word)> Options<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(value => (value.ToString(), Words(value)))];
}
