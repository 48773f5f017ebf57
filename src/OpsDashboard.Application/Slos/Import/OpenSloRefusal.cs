using System.Globalization;
using System.Text.RegularExpressions;
using OpsDashboard.Application.Catalog.OpenSlo;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;

namespace OpsDashboard.Application.Slos.Import;

/// <summary>Faults of documents as the failure of a request, and back for whoever shows them in columns.</summary>
public static partial class OpenSloRefusal
{
    private const string Rule = "openslo";
    private const string Whole = "document";
    private const string Expected = "Expected ";
    private const string Found = "; found ";

    /// <summary>Says where as <c>file:line:column path</c>, and what was expected and found.</summary>
    public static Failure Of(IReadOnlyList<OpenSloFault> faults) => new(
        FailureKind.Invalid,
        faults.Count == 1 ? "Nothing was imported: there is one fault." : $"Nothing was imported: there are {faults.Count} faults.",
        [.. faults.Select(ToFault)]);

    /// <returns>Null for a fault that is of the request and not of a document.</returns>
    public static OpenSloFault? Read(Fault fault)
    {
        var place = Pointer().Match(fault.Pointer);
        var found = fault.Message.IndexOf(Found, StringComparison.Ordinal);
        if (fault.Rule != Rule || !place.Success || found < 0 || !fault.Message.StartsWith(Expected, StringComparison.Ordinal))
        {
            return null;
        }

        var path = place.Groups["path"].Value;
        return new OpenSloFault(
            place.Groups["file"].Value,
            int.Parse(place.Groups["line"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture),
            int.Parse(place.Groups["column"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture),
            path == Whole ? string.Empty : path,
            fault.Message[Expected.Length..found],
            fault.Message[(found + Found.Length)..].TrimEnd('.'));
    }

    private static Fault ToFault(OpenSloFault fault) => new(
        string.Create(CultureInfo.InvariantCulture, $"{fault.File}:{fault.Line}:{fault.Column} {(fault.Path.Length == 0 ? Whole : fault.Path)}"),
        Rule,
        $"{Expected}{fault.Expected.TrimEnd('.')}{Found}{fault.Found.TrimEnd('.')}.");

    [GeneratedRegex(@"^(?<file>.*):(?<line>\d{1,9}):(?<column>\d{1,9}) (?<path>.+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, 10_000)]
    private static partial Regex Pointer();
}
