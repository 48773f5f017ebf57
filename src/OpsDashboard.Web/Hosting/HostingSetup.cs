using System.Security.Authentication;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpsDashboard.Web.Api.Description;
using OpsDashboard.Web.Hosting.Protection;
using OpsDashboard.Web.Keys;
using OpsDashboard.Web.StatusPages;

namespace OpsDashboard.Web.Hosting;

/// <summary>What every request passes before a feature sees it.</summary>
internal static class HostingSetup
{
    /// <summary>Bytes of the largest body anything accepts: the intake's 10 MB, with room to answer 413 in our own words.</summary>
    public const long MaxRequestBodyBytes = 11 * 1024 * 1024;

    public static void AddHosting(this WebApplicationBuilder builder)
    {
        ListenAddress.UseDefault(builder);
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBodyBytes;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            // Exposed without a proxy: nothing older, whatever the machine's own settings allow.
            kestrel.ConfigureHttpsDefaults(https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13);
        });
        builder.Services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = TimeSpan.FromSeconds(8);
            // One after the other, a caller who keeps the listener busy until the time is up would leave the workers none to record
            // what they had sent and to give their leases back.
            host.ServicesStopConcurrently = true;
        });

        // Not being ready yet is told by /readyz, not by ten lines a second.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHostedService<ReadyAnnouncer>();
        builder.Services.AddScoped<CircuitHandler, CircuitCaller>();
        builder.Services.AddScoped<ScreenRights>();
        builder.Services.AddHealthChecks();
        builder.Services.AddApiDescription();
        builder.Services.AddProblems();
        builder.Services.AddAntiforgery();
        builder.Services.AddDataDirectory();
        builder.AddProtection();
        builder.Services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ResponseCompressionDefaults.MimeTypes.Append("application/problem+json");
        });
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
        {
            circuits.DisconnectedCircuitMaxRetained = 100;
            circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
        });
    }

    public static void UseHosting(this WebApplication app)
    {
        app.UseTrustedProxies();
        app.UseMiddleware<RequestMeasure>();
        app.UseStatusAnswers();
        app.UseSecurityHeaders();
        app.UseResponseCompression();
        app.UseProblems();
        app.Use(EncodedIds.UnwrapAsync);
        app.UseRouting();
        app.UseMiddleware<KeyGate>();
        app.UseMiddleware<CallerMiddleware>();
        app.UseMiddleware<SignInGate>();
        app.UseAntiforgery();
    }

    public static void MapHosting(this WebApplication app)
    {
        app.MapHealth();
        app.MapApiDescription();
        app.MapStaticAssets().AllowAnonymous();
    }
}
