using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using OpsDashboard.Application.Catalog.OpenSlo;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Import;
using OpsDashboard.Web.Api;
using OpsDashboard.Web.Hosting;

namespace OpsDashboard.Web.Catalog;

/// <summary>OpenSLO v1 in and out.</summary>
internal static class OpenSloApi
{
    private const string Yaml = "application/yaml";
    private const string FormData = "multipart/form-data";

    private static readonly string[] TextTypes =
        [Yaml, "application/x-yaml", "text/yaml", "text/x-yaml", "application/vnd.yaml", MediaTypeNames.Application.Json];

    // Text that is not UTF-8 must not become other text than was meant.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void MapOpenSloApi(this WebApplication app)
    {
        var openSlo = app.MapGroup("/api/v1/openslo").WithTags("catalog").DisableAntiforgery();
        openSlo.MapGet("", ExportAsync).WithName("ExportOpenSlo");
        openSlo.MapPost("", ImportAsync).WithName("ImportOpenSlo").Accepts<string>(TextTypes[0], [.. TextTypes[1..], FormData]);
    }

    private static async Task<IResult> ExportAsync(IDispatcher dispatcher, string? platform, string? service, CancellationToken cancellationToken)
    {
        var export = await dispatcher.Send(new ExportOpenSlo(NullIfEmpty(platform), NullIfEmpty(service)), cancellationToken);
        return export.Failure is { } failure
            ? failure.ToResult()
            : TypedResults.File(Utf8.GetBytes(export.Value.Yaml), Yaml, export.Value.FileName);
    }

    private static async Task<IResult> ImportAsync(
        HttpRequest request,
        IDispatcher dispatcher,
        CallerContext caller,
        string? dryRun,
        CancellationToken cancellationToken)
    {
        // Said before the body is read: who may not write need not send 10 MB to learn it.
        if (!caller.Current.Allowed.Contains(Access.Administer))
        {
            return Failure.Forbidden("This needs a key that may change the catalog.").ToResult();
        }

        var isDryRun = false;
        if (dryRun is not null && !bool.TryParse(dryRun, out isDryRun))
        {
            return Failure.Invalid("/dryRun", "dryRun.known", "dryRun must be true or false.").ToResult();
        }

        var (files, refused) = await ReadAsync(request, cancellationToken);
        return refused ?? (isDryRun
            ? (await dispatcher.Send(new TryOpenSlo(files), cancellationToken)).ToResult()
            : (await dispatcher.Send(new ImportOpenSlo(files), cancellationToken)).ToResult());
    }

    private static async Task<(IReadOnlyList<OpenSloFile> Files, IResult? Refused)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > OpenSloLimits.MaxTotalBytes)
        {
            return ([], TooLarge());
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return ([], UnknownType());
        }

        try
        {
            if (TextTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
            {
                return ([new OpenSloFile("body", await TextAsync(request.Body, cancellationToken))], null);
            }

            return FormData.Equals(type.MediaType.Value, StringComparison.OrdinalIgnoreCase)
                ? (await FilesAsync(request, cancellationToken), null)
                : ([], UnknownType());
        }
        catch (DecoderFallbackException)
        {
            return ([], Failure.Invalid("/", "body.encoding", "The text must be UTF-8.").ToResult());
        }
        catch (Exception fault) when (fault is InvalidDataException || (fault is IOException and not BadHttpRequestException))
        {
            // The second is a form that ends before its last part does.
            return ([], Failure.Invalid("/", "body.form", "The body must be a form with at least one file.").ToResult());
        }
        catch (BodyTooLargeException)
        {
            return ([], TooLarge());
        }
    }

    private static async Task<IReadOnlyList<OpenSloFile>> FilesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        request.HttpContext.Features.Set<IFormFeature>(new FormFeature(request, new FormOptions
        {
            ValueCountLimit = OpenSloLimits.MaxFiles,
            // The parts are counted below, in our own words.
            MultipartBodyLengthLimit = HostingSetup.MaxRequestBodyBytes,
        }));
        var form = await request.ReadFormAsync(cancellationToken);
        if (form.Files.Sum(file => file.Length) > OpenSloLimits.MaxTotalBytes)
        {
            throw new BodyTooLargeException();
        }

        var files = new List<OpenSloFile>();
        foreach (var file in form.Files)
        {
            await using var stream = file.OpenReadStream();
            files.Add(new OpenSloFile(Path.GetFileName(file.FileName), await TextAsync(stream, cancellationToken)));
        }

        return files;
    }

    private static async Task<string> TextAsync(Stream body, CancellationToken cancellationToken)
    {
        using var read = new MemoryStream();
        var buffer = new byte[81_920];
        int count;
        while ((count = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (read.Length + count > OpenSloLimits.MaxTotalBytes)
            {
                throw new BodyTooLargeException();
            }

            read.Write(buffer, 0, count);
        }

        return Utf8.GetString(read.GetBuffer(), 0, (int)read.Length);
    }

    private static IResult TooLarge() => Results.Problem(
        $"An import has at most {OpenSloLimits.MaxTotalBytes} bytes. Split it by platform.",
        statusCode: StatusCodes.Status413PayloadTooLarge);

    private static IResult UnknownType() => Results.Problem(
        $"Send {Yaml}, {MediaTypeNames.Application.Json}, or {FormData} with files.",
        statusCode: StatusCodes.Status415UnsupportedMediaType);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private sealed class BodyTooLargeException : Exception;
}
