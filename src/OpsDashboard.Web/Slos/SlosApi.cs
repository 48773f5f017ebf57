using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Editing;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Web.Api;

namespace OpsDashboard.Web.Slos;

/// <summary>Objectives and their statuses for programs.</summary>
internal static class SlosApi
{
    public static void MapSlosApi(this WebApplication app)
    {
        var slos = app.MapGroup("/api/v1/slos").WithTags("objectives");
        slos.MapGet("", ListAsync).WithName("ListSlos");
        slos.MapGet("{platform}/{service}/{slo}", GetAsync).WithName("GetSlo");
        app.MapSloSeriesApi();
        app.MapSloEditApi();
    }

    private static async Task<IResult> ListAsync(
        IDispatcher dispatcher,
        string? platform,
        string? service,
        string? tier,
        string? state,
        int? limit,
        string? cursor,
        CancellationToken cancellationToken)
    {
        SloState? wanted = null;
        if (state is not null)
        {
            if (!Enum.TryParse<SloState>(state, ignoreCase: true, out var parsed) || char.IsAsciiDigit(state[0]))
            {
                return Failure.Invalid("/state", "state.known", "state must be healthy, atRisk, breached or noData.").ToResult();
            }

            wanted = parsed;
        }

        var outcome = await dispatcher.Send(
            new ListSloStatuses { Platform = platform, Service = service, Tier = tier, State = wanted },
            cancellationToken);
        return outcome.Failure is { } failure ? failure.ToResult() : Page.Of(outcome.Value, limit, cursor);
    }

    private static async Task<IResult> GetAsync(
        IDispatcher dispatcher,
        HttpResponse response,
        string platform,
        string service,
        string slo,
        CancellationToken cancellationToken)
    {
        var id = $"{platform}/{service}/{slo}";
        var outcome = await dispatcher.Send(new GetSloStatus(id), cancellationToken);
        if (outcome.Succeeded && await dispatcher.Send(new GetSloForEdit(id), cancellationToken) is { Succeeded: true } newest)
        {
            // What an edit must name; the status may still be of the version before.
            response.Headers.ETag = SloEditApi.Tag(newest.Value.Version);
        }

        return outcome.ToResult();
    }
}
