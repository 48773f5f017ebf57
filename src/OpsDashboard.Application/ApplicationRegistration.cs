using System.Reflection;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Agreements;
using OpsDashboard.Application.Audit;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Changes;
using OpsDashboard.Application.Compliance;
using OpsDashboard.Application.Dashboards;
using OpsDashboard.Application.Demo;
using OpsDashboard.Application.Identity;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Keys;
using OpsDashboard.Application.Kpis;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.OnCall;
using OpsDashboard.Application.Platform.Protection;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Requests.Idempotency;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos;
using OpsDashboard.Application.StatusPages;
using OpsDashboard.Application.Telemetry;

namespace OpsDashboard.Application;

/// <summary>All features. The host adds exactly one store beside them.</summary>
public static class ApplicationRegistration
{
    public static IServiceCollection AddOpsDashboardApplication(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddPlatform(configuration);
        services.AddLive();
        services.AddAudit(configuration);
        services.AddKeys(configuration);
        services.AddAccounts(configuration);
        services.AddCatalog();
        services.AddTelemetry(configuration);
        services.AddSlos();
        services.AddNotifications(configuration);
        services.AddOnCall();
        services.AddStatusPages();
        services.AddDashboards();
        services.AddIncidents(configuration);
        services.AddAgreements();
        services.AddChanges();
        services.AddKpis();
        services.AddCompliance();
        services.AddDemo(configuration);
        return services;
    }

    private static void AddPlatform(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StoreOptions>()
            .Bind(configuration.GetSection("Database"))
            .Configure(options => options.ConnectionString = configuration.GetConnectionString("OpsDashboard"))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<StoreOptions>, StoreOptionsValidator>();
        services.AddSingleton<RequestMetrics>();
        services.AddSingleton<KeyRing>();
        services.AddScoped<CallerContext>();
        services.AddScoped<IDispatcher, Dispatcher>();
        services.AddScoped<IMediator>(provider => new Mediator(provider.GetRequiredService));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(MeasureBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(RefusalBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(AuthoriseBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidateBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(TransactionBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(AuditBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(IdempotencyBehaviour<,>));
        services.AddSingleton<StoredKeys>();
        services.AddSingleton<IStartupStep, ProveSeal>();
        services.AddSingleton<StartupState>();
        services.AddSingleton<IStoreProbe, StoreProbe>();
        services.AddHostedService<StartupSequence>();
        AddHandlersAndValidators(services);
    }

    /// <summary>Registered by scanning, since MediatR 5 brings no registration of its own.</summary>
    private static void AddHandlersAndValidators(IServiceCollection services)
    {
        var found =
            from type in Assembly.GetExecutingAssembly().GetTypes()
            where type is { IsAbstract: false, IsGenericTypeDefinition: false }
            from contract in type.GetInterfaces()
            where contract.IsGenericType
            let definition = contract.GetGenericTypeDefinition()
            where definition == typeof(IRequestHandler<,>) || definition == typeof(INotificationHandler<>) || definition == typeof(IValidator<>) || definition == typeof(ITrim<,>)
            select (contract, type);
        foreach (var (contract, type) in found)
        {
            services.AddScoped(contract, type);
        }
    }
}
