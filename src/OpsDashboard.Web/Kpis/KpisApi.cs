using System.Text;
using OpsDashboard.Application.Kpis;
using OpsDashboard.Application.Kpis.Definitions;
using OpsDashboard.Application.Kpis.Entry;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Keys;
using OpsDashboard.Domain.Kpis;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Web.Api;
using OpsDashboard.Web.Keys;

namespace OpsDashboard.Web.Kpis;

/// <summary>KPIs and their measurements for programs.</summary>
internal static class KpisApi
{
    private const int MaxCsvBytes = 8 * 1024 * 1024;

    public static void MapKpisApi(this WebApplication app)
    {
        var kpis = app.MapGroup("/api/v1/kpis").WithTags("kpis").DisableAntiforgery();
        kpis.MapGet("", ListAsync).WithName("ListKpis");
        kpis.MapPost("", DefineAsync).WithName("DefineKpi").Accepts<DefineKpi>("application/json");
        kpis.MapGet("{id}", (IDispatcher dispatcher, string id, CancellationToken cancellationToken) => dispatcher.AnswerAsync(new GetKpi(id), cancellationToken)).WithName("GetKpi");
        kpis.MapPost("{id}/measurements", RecordAsync).WithName("RecordMeasurements").WithMetadata(new HandsIn(KeySource.Measurements)).Accepts<Told>("application/json");
        kpis.MapPost("{id}/targets", TargetAsync).WithName("SetKpiTarget").Accepts<NewTarget>("application/json");
        kpis.MapPost("import", ImportAsync).WithName("ImportMeasurements").WithMetadata(new HandsIn(KeySource.Measurements)).Accepts<string>("text/csv");
    }

    private static Task<IResult> ListAsync(IDispatcher dispatcher, string? platform, string? owner, string? state, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        var faults = new List<Fault>();
        var wanted = Calls.Word<KpiState>(state, "/state", faults);
        return faults.Count > 0
            ? Task.FromResult(Failure.Invalid(faults).ToResult())
            : dispatcher.ListAsync(new ListKpis(platform, owner, wanted), limit, cursor, cancellationToken);
    }

    private static Task<IResult> DefineAsync(HttpRequest request, IDispatcher dispatcher, CancellationToken cancellationToken) => request.WithBodyAsync<DefineKpi>(
        (body, _) => () => dispatcher.AnswerAsync(body, cancellationToken, StatusCodes.Status201Created), cancellationToken);

    private static Task<IResult> RecordAsync(HttpRequest request, IDispatcher dispatcher, string id, CancellationToken cancellationToken) => request.WithBodyAsync<Told>(
        (body, _) => () => dispatcher.AnswerAsync(new RecordMeasurements { KpiId = id, Measurements = body.Measurements }, cancellationToken), cancellationToken);

    private static Task<IResult> TargetAsync(HttpRequest request, IDispatcher dispatcher, string id, CancellationToken cancellationToken) => request.WithBodyAsync<NewTarget>(
        (body, _) => () => dispatcher.AnswerAsync(
            new SetKpiTarget
            {
                KpiId = id,
                ExpectedVersion = body.ExpectedVersion,
                EffectiveFrom = body.EffectiveFrom,
                Comparison = body.Comparison,
                Limit = body.Limit,
                Upper = body.Upper,
                Baseline = body.Baseline,
                DueOn = body.DueOn,
                Reason = body.Reason,
            },
            cancellationToken,
            StatusCodes.Status201Created),
        cancellationToken);

    /// <summary>A file of measurements; with <c>?dryRun=true</c> only what it would do.</summary>
    private static async Task<IResult> ImportAsync(HttpRequest request, IDispatcher dispatcher, bool? dryRun, string? note, CancellationToken cancellationToken)
    {
        if (request.GetTypedHeaders().ContentType?.MediaType.Value is not "text/csv")
        {
            return Failure.Invalid("/", "body.type", "Send text/csv.").ToResult();
        }

        using var body = await WholeBody.ReadAsync(request, MaxCsvBytes, cancellationToken);
        if (body is null)
        {
            return Failure.Invalid("/", "body.tooLarge", $"A file has at most {MaxCsvBytes} bytes.").ToResult();
        }

        var text = Encoding.UTF8.GetString(body.Bytes.Span);
        return dryRun == true
            ? await dispatcher.AnswerAsync(new TryMeasurements(text, note), cancellationToken)
            : await dispatcher.AnswerAsync(new ImportMeasurements(text, note), cancellationToken);
    }

    private sealed record Told(IReadOnlyList<Measurement> Measurements);

    private sealed record NewTarget(int ExpectedVersion, string EffectiveFrom, Comparison Comparison, decimal? Limit, decimal? Upper, decimal? Baseline, string? DueOn, string Reason);
}
