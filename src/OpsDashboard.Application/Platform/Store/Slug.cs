using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OpsDashboard.Application.Platform.Store;

/// <summary>Ids as they stand in addresses: lower-case letters, digits and single hyphens.</summary>
internal static partial class Slug
{
    public const int MaxLength = 63;

    public static bool IsOne(string? text) => text is { Length: > 0 and <= MaxLength } && Shape().IsMatch(text);

    /// <summary>The id a name suggests; empty when it has no letter or digit that could stand in one.</summary>
    public static string Of(string name)
    {
        var slug = new StringBuilder();
        foreach (var letter in name.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                slug.Append(char.ToLowerInvariant(letter));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString(0, Math.Min(slug.Length, MaxLength)).Trim('-');
    }

    /// <summary>The id of a name among ids that are taken; a role when the name gives none.</summary>
    public static string Free(string name, string fallback, IReadOnlySet<string> taken)
    {
        var slug = Of(name) is { Length: > 0 } usable ? usable : fallback;
        for (var number = 2; taken.Contains(slug); number++)
        {
            var end = string.Create(CultureInfo.InvariantCulture, $"-{number}");
            var stem = Of(name) is { Length: > 0 } usableStem ? usableStem : fallback;
            slug = stem[..Math.Min(stem.Length, MaxLength - end.Length)] + end;
        }

        return slug;
    }

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}
