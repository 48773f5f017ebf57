using MediatR;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Testing;

/// <summary>Sends requests to a program in the test's process without HTTP between.</summary>
public static class Asking
{
    /// <param name="caller">Null: an administrator who reaches everything.</param>
    public static async Task<Outcome<T>> AskAsync<T>(this InProcessApp app, IRequest<Outcome<T>> request, CancellationToken cancellationToken, Caller? caller = null)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = caller ?? TestCallers.Viewer;
        return await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(request, cancellationToken);
    }
}
