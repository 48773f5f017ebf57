using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Options;
using OpsDashboard.Application;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Persistence.Sqlite;
using OpsDashboard.Persistence.SqlServer;
using OpsDashboard.Web.Accounts;
using OpsDashboard.Web.Agreements;
using OpsDashboard.Web.Audit;
using OpsDashboard.Web.Dashboards.ContractCheck;
using OpsDashboard.Web.Dashboards.Operational;
using OpsDashboard.Web.Dashboards.Reports;
using OpsDashboard.Web.Catalog;
using OpsDashboard.Web.Changes;
using OpsDashboard.Web.Compliance;
using OpsDashboard.Web.Hosting;
using OpsDashboard.Web.Hosting.Protection;
using OpsDashboard.Web.Incidents;
using OpsDashboard.Web.Incidents.PostMortems;
using OpsDashboard.Web.Incidents.Alerts;
using OpsDashboard.Web.Keys;
using OpsDashboard.Web.Kpis;
using OpsDashboard.Web.Live;
using OpsDashboard.Web.Metrics;
using OpsDashboard.Web.Notifications;
using OpsDashboard.Web.OnCall;
using OpsDashboard.Web.Shell;
using OpsDashboard.Web.Slos;
using OpsDashboard.Web.Slos.Maintenance;
using OpsDashboard.Web.StatusPages;
using OpsDashboard.Web.Telemetry;

namespace OpsDashboard.Web;

/// <summary>
/// The one composition root. <see cref="RunAsync"/> is the program; tests call <see cref="Build"/> and start what they get.
/// </summary>
public sealed class OpsDashboardApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OpsDashboardApp(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    /// <summary>The first address the server listens on, with the port it really got; set once started.</summary>
    public string Url => ListenAddress.First(_app.Services.GetRequiredService<IServer>());

    /// <summary>Composes the application. Nothing runs and no wrong setting is reported before it is started.</summary>
    /// <param name="args">Command-line settings, as <c>--Section:Key=value</c>.</param>
    /// <param name="configure">Last word on the services; tests put their clock here.</param>
    public static OpsDashboardApp Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(OpsDashboardApp).Assembly.GetName().Name,
            ContentRootPath = ContentRoot.Find(),
        });
        builder.AddHosting();
        builder.AddStoreSettings();
        AddStore(builder);
        builder.Services.AddOpsDashboardApplication(builder.Configuration);
        builder.Services.AddAccountPages();
        builder.Services.AddLiveHub();
        builder.Services.AddOperationalDashboard();
        builder.Services.AddMetricsApi();
        builder.Services.AddAlertsIn();
        builder.Services.AddStatusSite();
        builder.Services.AddHostEvidence();
        builder.Services.WithoutEarlyKeys();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseHosting();
        app.MapHosting();
        app.MapSamplesApi();
        app.MapAlertsInApi();
        app.MapAlertSettingsApi();
        app.MapSlosApi();
        app.MapAuditApi();
        app.MapKeysApi();
        app.MapComplianceApi();
        app.MapOpenSloApi();
        app.MapPaletteApi();
        app.MapLiveHub();
        app.MapOperationalDashboard();
        app.MapMetricsApi();
        app.MapMaintenanceApi();
        app.MapPageLinks();
        app.MapPagingApi();
        app.MapIncidentsApi();
        app.MapAgreementsApi();
        app.MapStatementFiles();
        app.MapContractCheckApi();
        app.MapChangesApi();
        app.MapKpisApi();
        app.MapReportsApi();
        app.MapGitHooksApi();
        app.MapStatusApi();
        app.MapPostMortemApi();
        app.MapSourcesApi();
        app.MapSloDefineApi();
        app.MapAccounts();
        app.MapOnCallApi();
        app.MapSchedulesApi();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options =>
        {
            // The whole policy is one header (ContentSecurity); a deflate window per circuit costs more memory than the circuit.
            options.ContentSecurityFrameAncestorsPolicy = null;
            options.DisableWebSocketCompression = true;
        });
        return new OpsDashboardApp(app);
    }

    /// <summary>Builds, runs until SIGTERM or SIGINT, and tells a wrong setting in one line.</summary>
    /// <returns>The exit code: 0 after an orderly stop, 1 when it could not start.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            if (AuditCommand.IsAsked(args))
            {
                return await AuditCommand.RunAsync(args, CancellationToken.None);
            }

            await using var app = Build(args);
            app.Validate();
            await StoreLineage.EnsureOwnAsync(app.Services, CancellationToken.None);
            await app._app.RunAsync();
            return 0;
        }
        catch (Exception fault) when (StartFault.TryDescribe(fault, out var sentence))
        {
            await Console.Error.WriteLineAsync($"OpsDashboard cannot start: {sentence}");
            return 1;
        }
    }

    /// <summary>Starts listening; returns when requests are served, which is before <c>/readyz</c> answers 200.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Validate();
        await _app.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void AddStore(WebApplicationBuilder builder)
    {
        switch (builder.Configuration["Database:Provider"])
        {
            case null or "" or nameof(StoreProviderKind.Sqlite):
                builder.Services.AddSqliteStore();
                break;
            case nameof(StoreProviderKind.SqlServer):
                builder.Services.AddSqlServerStore();
                break;
            default:
                throw new StartFaultException("Database:Provider must be Sqlite or SqlServer.");
        }
    }

    // Before the host starts, so that the host does not log the same fault with its stack.
    private void Validate()
    {
        _app.Services.GetService<IStartupValidator>()?.Validate();
        ListenAddress.EnsureUsable(_app.Configuration, _app.Environment);
    }
}
