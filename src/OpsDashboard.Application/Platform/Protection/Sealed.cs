using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace OpsDashboard.Application.Platform.Protection;

/// <summary>A stored text that only <see cref="IFieldSeal"/> can read: contact data and secrets that must be told again.</summary>
public readonly record struct Sealed(string Text)
{
    /// <summary>How long the sealed form of a text of so many characters is at most.</summary>
    public static int MaxLength(int characters) => 300 + (characters * 4);

    public override string ToString() => "[sealed]";
}

/// <summary>Encrypts single fields with the keys of the instance; the host holds them.</summary>
public interface IFieldSeal
{
    Sealed Close(string text);

    /// <exception cref="System.Security.Cryptography.CryptographicException">Closed with keys that are gone.</exception>
    string Open(Sealed field);
}

internal static class FieldSeals
{
    public static Sealed? CloseAny(this IFieldSeal seal, string? text) => text is null ? null : seal.Close(text);

    public static string? OpenAny(this IFieldSeal seal, Sealed? field) => field is { } known ? seal.Open(known) : null;
}

internal sealed class SealedConverter() : ValueConverter<Sealed, string>(field => field.Text, text => new Sealed(text));
