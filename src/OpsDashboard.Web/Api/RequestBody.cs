using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain;

namespace OpsDashboard.Web.Api;

/// <summary>Reads the JSON body of a write; what is wrong with it is told as every other fault.</summary>
internal static partial class RequestBody
{
    /// <summary>The rule a body of too many bytes breaks; it is answered with 413.</summary>
    public const string TooLarge = "body.tooLarge";

    private const int MaxBytes = 256 * 1024;

    public static async Task<Outcome<T>> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            return Failure.Invalid("/", "body.type", "Send application/json.");
        }

        using var whole = await WholeBody.ReadAsync(request, MaxBytes, cancellationToken);
        if (whole is null)
        {
            return Failure.Invalid("/", TooLarge, $"A body has at most {MaxBytes} bytes.");
        }

        try
        {
            return JsonSerializer.Deserialize<T>(whole.Bytes.Span, StoreJson.Options) is { } body
                ? body
                : Failure.Invalid("/", "body.json", "The body must be a JSON object.");
        }
        catch (JsonException fault)
        {
            return Failure.Invalid(Pointer(fault.Path), "body.json", Describe(fault));
        }
    }

    /// <summary>An RFC 3339 instant; without an offset it would depend on this machine's zone.</summary>
    public static DateTimeOffset? Instant(string? text, string pointer, List<Fault> faults)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (WithOffset().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            return instant.ToUniversalTime();
        }

        faults.Add(new Fault(pointer, "instant.rfc3339", "An RFC 3339 instant with an offset, such as 2026-11-22T10:00:00Z."));
        return null;
    }

    private static string Pointer(string? path) =>
        path is null or "$" ? "/" : path.TrimStart('$').Replace('.', '/').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

    // The serializer's own text names .NET types; a caller needs the place.
    private static string Describe(JsonException fault) => fault.InnerException is null && fault.LineNumber is null
        ? "A required field is missing."
        : $"The body is not the JSON this call takes, at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine}.";

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:\d\d)\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex WithOffset();
}
