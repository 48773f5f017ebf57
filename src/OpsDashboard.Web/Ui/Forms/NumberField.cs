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
}
