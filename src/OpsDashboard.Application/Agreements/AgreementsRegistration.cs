using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Agreements.Statements;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Telemetry.Retention;

namespace OpsDashboard.Application.Agreements;

internal static class AgreementsRegistration
{
    public static void AddAgreements(this IServiceCollection services)
    {
        services.AddSingleton<StatementDrafter>();
        services.AddSingleton<StatementClose>();
        services.AddSingleton<RunningStatements>();
        services.AddSingleton<IMinuteHold, StatementHold>();
        services.AddScoped(provider => new AgreementRecord(provider.GetRequiredService<OpsDbContext>()));
        services.AddHostedService<StatementsWorker>();
    }
}
