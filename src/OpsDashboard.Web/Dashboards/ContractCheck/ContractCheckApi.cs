using OpsDashboard.Application.Dashboards.ContractCheck;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Web.Api;

namespace OpsDashboard.Web.Dashboards.ContractCheck;

internal static class ContractCheckApi
{
    public static void MapContractCheckApi(this WebApplication app) =>
        app.MapGet("/api/v1/contract-check", async (IDispatcher dispatcher, string? platform, CancellationToken cancellationToken) =>
        {
            var outcome = await dispatcher.Send(new GetContractCheck(platform), cancellationToken);
            return outcome.Failure is { } failure ? failure.ToResult() : TypedResults.Json(outcome.Value, StoreJson.Options);
        }).WithTags("agreements").WithName("GetContractCheck");
}
