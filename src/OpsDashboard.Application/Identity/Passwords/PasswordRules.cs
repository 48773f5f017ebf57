using System.Collections.Frozen;
using OpsDashboard.Domain;

namespace OpsDashboard.Application.Identity.Passwords;

/// <summary>What a password must not be: short, common, or made of the account's own words. Nothing is asked of its letters (NIST SP 800-63B).</summary>
public static class PasswordRules
{
    public const int MinLength = 12;
    public const int MaxLength = 256;

    /// <summary>Letters of one's own words from which on they may not fill a password.</summary>
    private const int OwnWord = 3;

    private static readonly Lazy<FrozenSet<string>> Common = new(Read);

    internal static IReadOnlyList<Fault> Check(string? password, string pointer, params IEnumerable<string?> own)
    {
        if (password is null || password.Length < MinLength)
        {
            return [new Fault(pointer, "password.short", $"At least {MinLength} characters; a sentence is easy to keep in mind.")];
        }

        if (password.Length > MaxLength)
        {
            return [new Fault(pointer, "password.long", $"At most {MaxLength} characters.")];
        }

        if (IsCommon(password))
        {
            return [new Fault(pointer, "password.common", "This is one of the first that are tried. Choose another.")];
        }

        return IsMadeOf(password, own.SelectMany(Words))
            ? [new Fault(pointer, "password.own", "This is made of your own name or address. Choose another.")]
            : [];
    }

    internal static bool IsCommon(string password)
    {
        var plain = Fold(password);
        return Common.Value.Contains(plain) || Common.Value.Contains(plain.TrimEnd(Ends)) || plain.Distinct().Count() < 5 || IsRepeated(plain);
    }

    private static ReadOnlySpan<char> Ends => "0123456789!?.-_#*+ ";

    private static string TrimEnd(this string text, ReadOnlySpan<char> ends) => text.AsSpan().TrimEnd(ends).ToString();

    // "secretsecret" is "secret".
    private static bool IsRepeated(string text)
    {
        for (var length = 1; length <= text.Length / 2; length++)
        {
            if (text.Length % length == 0 && Enumerable.Range(1, (text.Length / length) - 1).All(part => string.CompareOrdinal(text, 0, text, part * length, length) == 0))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsMadeOf(string password, IEnumerable<string> words)
    {
        var rest = Fold(password);
        foreach (var word in words.Select(Fold).Where(word => word.Length >= OwnWord).OrderByDescending(word => word.Length))
        {
            rest = rest.Replace(word, "", StringComparison.Ordinal);
        }

        return rest.Count(char.IsLetterOrDigit) < MinLength / 2;
    }

    private static IEnumerable<string> Words(string? text) => (text ?? "").Split([' ', '@', '.', '-', '_', '+'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>As it sounds: without case, and with the usual figures read as letters.</summary>
    private static string Fold(string text) => string.Create(text.Length, text, (span, source) =>
    {
        for (var index = 0; index < span.Length; index++)
        {
            span[index] = char.ToLowerInvariant(source[index]) switch
            {
                '@' => 'a',
                '$' => 's',
                '€' => 'e',
                var letter => letter,
            };
        }
    });

    private static FrozenSet<string> Read()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("identity/common-passwords.txt")
            ?? throw new InvalidOperationException("The list of common passwords is not shipped.");
        using var reader = new StreamReader(stream);
        var known = new HashSet<string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                known.Add(line);
            }
        }

        return known.ToFrozenSet(StringComparer.Ordinal);
    }
}
