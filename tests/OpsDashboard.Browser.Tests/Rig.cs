using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;

namespace OpsDashboard.Browser.Tests;

/// <summary>One browser and one running program for all tests that change nothing others look at.</summary>
public sealed class Rig : IAsyncLifetime
{
    public Testing.Browsing.Browser Browser { get; private set; } = null!;

    public AppProcess App { get; private set; } = null!;

    /// <summary>Visits the shared program.</summary>
    public Task VisitAsync(Func<Visit, Task> steps, Screen? screen = null, Role? role = Role.Administrator) => Browser.VisitAsync(App.Url, steps, screen, role);

    public async ValueTask InitializeAsync()
    {
        Browser = await Testing.Browsing.Browser.LaunchAsync();
        App = await AppProcess.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        await App.DisposeAsync();
    }
}
