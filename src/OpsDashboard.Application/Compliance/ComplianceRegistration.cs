using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Compliance.Controls;

namespace OpsDashboard.Application.Compliance;

internal static class ComplianceRegistration
{
    public static void AddCompliance(this IServiceCollection services)
    {
        services.AddScoped<ControlBook>();
        services.AddScoped<Violations>();
        services.AddSingleton<ComplianceWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<ComplianceWatch>());
    }
}
