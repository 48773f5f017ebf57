using System.Globalization;

namespace OpsDashboard.Domain.Contracts;

/// <summary>Figures as a contract would print them.</summary>
public static class FigureText
{
    private static readonly (long Seconds, string Word)[] Units = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];

    public static string Of(ContractFigure figure) => figure.Said ?? (figure.Upper is { } upper
        ? $"{Value(figure, figure.Value)} to {Value(figure, upper)}"
        : Value(figure, figure.Value));

    /// <summary>At most four decimals, so that 99.9653 % stays apart from 99.97 %; all of them where a target has more.</summary>
    public static string Percent(decimal fraction)
    {
        var percent = (fraction * 100).ToString("0.############", CultureInfo.InvariantCulture);
        return $"{percent} %";
    }

    /// <summary>The two largest units that count: 3 h 36 min, 4 min 19 s, 250 ms.</summary>
    public static string Duration(decimal seconds)
    {
        if (seconds is > 0 and < 1)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0.###} ms");
        }

        var rest = (long)decimal.Round(seconds);
        var parts = new List<string>(2);
        foreach (var (length, word) in Units)
        {
            var count = rest / length;
            rest %= length;
            if (count > 0)
            {
                parts.Add($"{count} {word}");
            }

            if (parts.Count == 2)
            {
                break;
            }
        }

        return parts.Count == 0 ? "0 s" : string.Join(' ', parts);
    }

    private static string Value(ContractFigure figure, decimal value) => figure.Unit switch
    {
        FigureUnit.Fraction => Percent(value),
        FigureUnit.Seconds => Duration(value),
        FigureUnit.Number => value.ToString("#,0.####", CultureInfo.InvariantCulture) + (figure.UnitWord is { } word ? $" {word}" : ""),
    };
}
