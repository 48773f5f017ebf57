using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Identity;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Platform.Startup;

namespace OpsDashboard.Application.Demo;

internal static class DemoRegistration
{
    public static void AddDemo(this IServiceCollection services, IConfiguration configuration)
    {
        // The demo tells these figures itself.
        services.AddOptions<IncidentsOptions>().PostConfigure<IOptions<DemoOptions>>((incidents, demo) => incidents.ReportFigures &= !demo.Value.Enabled);
        services.AddOptions<AccountOptions>().PostConfigure<IOptions<DemoOptions>>((accounts, demo) => accounts.DemoPeople = demo.Value.Enabled);
        services.AddOptions<DemoOptions>().Bind(configuration.GetSection("Demo")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DemoOptions>, DemoOptionsValidator>();
        services.AddSingleton<IStartupStep, DemoKey>();
        services.AddScoped<IDemoChapter, DemoOnCall>();
        services.AddScoped<IDemoChapter, DemoIncidents>();
        services.AddScoped<IDemoChapter, DemoAlerts>();
        services.AddScoped<IDemoChapter, DemoStatusPages>();
        services.AddScoped<IDemoChapter, DemoContacts>();
        services.AddScoped<IDemoChapter, DemoAgreements>();
        services.AddScoped<IDemoChapter, DemoDeployments>();
        services.AddScoped<IDemoChapter, DemoKpis>();
        services.AddSingleton<DemoFill>();
        services.AddSingleton<DemoFeed>();
        services.AddHostedService<DemoWorker>();
    }
}
