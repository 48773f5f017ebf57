using System.Globalization;
using OpsDashboard.Domain;

namespace OpsDashboard.Web.Ui.Forms;

/// <summary>Whole numbers as people type them.</summary>
internal static class NumberField
{
    /// <returns>Null, with a fault, when the text is none.</returns>
    public static int? Read(string text, string pointer, List<Fault> faults)
    {
        if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        faults.Add(new Fault(pointer, "number.whole", "A whole number is required."));
        return null;
    }

    /// <returns>Null, with a fault, when the text is none.</returns>
    public static decimal? ReadDecimal(string text, string pointer, List<Fault> faults)
    {
        if (decimal.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        faults.Add(new Fault(pointer, "number.decimal", "A number is required, with a point for decimals."));
        return null;
    }

    /// <returns>The fraction a percentage stands for; null when the text is empty, or with a fault when it is no target.</returns>
    public static decimal? ReadPercent(string text, string pointer, List<Fault> faults)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (ReadDecimal(text, pointer, faults) is not { } percent)
        {
            return null;
        }

        if (percent is > 0 and < 100)
        {
            return percent / 100;
        }

        faults.Add(new Fault(pointer, "target.range", "Above 0 and below 100."));
        return null;
    }
}
