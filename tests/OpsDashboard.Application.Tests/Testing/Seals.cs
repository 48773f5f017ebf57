using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Platform.Protection;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests;

/// <summary>Reads what an instance has sealed.</summary>
internal static class Seals
{
    public static string? Open(this InProcessApp app, Sealed? field) => app.Services.GetRequiredService<IFieldSeal>().OpenAny(field);
}
