using Microsoft.AspNetCore.Components.Server.Circuits;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Hosting;

/// <summary>A circuit has its own scope and no request: its caller is the person at the screen.</summary>
internal sealed class CircuitCaller(CallerContext caller) : CircuitHandler
{
    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        caller.Current = Caller.Viewer;
        return Task.CompletedTask;
    }
}
