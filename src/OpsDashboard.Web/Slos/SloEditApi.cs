using System.Globalization;
using Microsoft.Net.Http.Headers;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Editing;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Web.Api;

namespace OpsDashboard.Web.Slos;

/// <summary>Changes of an objective for programs. A body names only the fields that change; null clears one.</summary>
internal static class SloEditApi
{
    public static void MapSloEditApi(this WebApplication app)
    {
        var slo = app.MapGroup("/api/v1/slos/{platform}/{service}/{slo}").WithTags("objectives");
        slo.MapGet("terms", TermsAsync).WithName("GetSloForEdit");
        slo.MapPut("", EditAsync).WithName("EditSlo").Accepts<ProposedTerms>("application/json");
        slo.MapPost("what-if", PreviewAsync).WithName("PreviewSloChange").Accepts<ProposedTerms>("application/json");
    }

    private static async Task<IResult> TermsAsync(
        IDispatcher dispatcher,
        HttpResponse response,
        string platform,
        string service,
        string slo,
        CancellationToken cancellationToken)
    {
        var found = await dispatcher.Send(new GetSloForEdit($"{platform}/{service}/{slo}"), cancellationToken);
        if (found.Succeeded)
        {
            response.Headers.ETag = Tag(found.Value.Version);
        }

        return found.ToResult();
    }

    private static async Task<IResult> EditAsync(
        IDispatcher dispatcher,
        HttpRequest request,
        string platform,
        string service,
        string slo,
        CancellationToken cancellationToken)
    {
        if (!TryVersion(request, out var version, out var refusal))
        {
            return refusal!;
        }

        var found = await dispatcher.Send(new GetSloForEdit($"{platform}/{service}/{slo}"), cancellationToken);
        if (found.Failure is { } missing)
        {
            return missing.ToResult();
        }

        var body = await SloEditBody.ReadAsync(request, found.Value.Terms, cancellationToken);
        if (body.Failure is { } wrong)
        {
            return wrong.ToResult();
        }

        var edited = await dispatcher.Send(
            new EditSlo(found.Value.Id, version, body.Value.Terms, body.Value.EffectiveFrom, body.Value.Reason ?? ""),
            cancellationToken);
        if (edited.Succeeded)
        {
            request.HttpContext.Response.Headers.ETag = Tag(edited.Value.Version);
        }

        return edited.ToResult();
    }

    private static async Task<IResult> PreviewAsync(
        IDispatcher dispatcher,
        HttpRequest request,
        string platform,
        string service,
        string slo,
        CancellationToken cancellationToken)
    {
        var found = await dispatcher.Send(new GetSloForEdit($"{platform}/{service}/{slo}"), cancellationToken);
        if (found.Failure is { } missing)
        {
            return missing.ToResult();
        }

        var body = await SloEditBody.ReadAsync(request, found.Value.Terms, cancellationToken);
        return body.Failure is { } wrong
            ? wrong.ToResult()
            : (await dispatcher.Send(new PreviewSloChange(found.Value.Id, body.Value.Terms), cancellationToken)).ToResult();
    }

    internal static string Tag(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The version an If-Match names; null for any.</summary>
    private static bool TryVersion(HttpRequest request, out int? version, out IResult? refusal)
    {
        (version, refusal) = (null, null);
        var header = request.Headers.IfMatch.ToString();
        if (header.Length == 0)
        {
            refusal = TypedResults.Problem(
                detail: "Name the version you saw in If-Match, as the ETag of GET said it; * means any.",
                statusCode: StatusCodes.Status428PreconditionRequired);
            return false;
        }

        if (header == "*")
        {
            return true;
        }

        if (EntityTagHeaderValue.TryParse(header, out var tag) && int.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seen))
        {
            version = seen;
            return true;
        }

        refusal = Failure.Invalid("/If-Match", "ifMatch.version", "If-Match is one version in quotes, as \"3\".").ToResult();
        return false;
    }

    /// <summary>What a body may name, for the OpenAPI document; <see cref="SloEditBody"/> reads it, since absent and null differ.</summary>
    internal sealed record ProposedTerms(
        string? Name,
        string? Description,
        decimal? Target,
        Threshold? Threshold,
        BudgetingMethod? BudgetingMethod,
        decimal? TimeSliceTarget,
        SloWindow? Window,
        decimal? MinimumCoverage,
        long? MinimumEvents,
        IReadOnlyList<BurnAlertRule>? AlertRules,
        MaintenanceTerms? Maintenance,
        DateTimeOffset? EffectiveFrom,
        string? Reason);
}
