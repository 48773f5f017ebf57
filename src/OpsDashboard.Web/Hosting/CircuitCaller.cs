using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Hosting;

/// <summary>A circuit has its own scope and no request: its caller is the person at the screen.</summary>
internal sealed class CircuitCaller(CallerContext caller, AuthenticationStateProvider connection) : CircuitHandler
{
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var state = await connection.GetAuthenticationStateAsync();
        caller.Current = ScreenPerson.CallerOf(state.User);
        caller.Address = ScreenPerson.AddressOf(state.User);
    }
}
