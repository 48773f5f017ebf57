using Microsoft.Extensions.Options;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Startup;

namespace OpsDashboard.Application.Telemetry.Intake;

/// <summary>Puts the configured key on the ring.</summary>
internal sealed class LoadIntakeKey(KeyRing keys, IOptions<IntakeOptions> options) : IStartupStep
{
    public int Order => 10;

    public Task RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Key.Length > 0)
        {
            keys.Add("intake", options.Value.Key);
        }

        return Task.CompletedTask;
    }
}
