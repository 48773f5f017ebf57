using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using OpsDashboard.Application.Identity.Sessions;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Web.Hosting;

namespace OpsDashboard.Web.Live;

/// <summary>
/// Who is connected to the hub. A connection outlives requests, so who lost the right to it is cut off: when the change feed tells of
/// accounts, each connection of a session that is over, or whose rights changed, is closed and may come back with what is left.
/// </summary>
internal sealed class LiveCallers(LiveBus bus, SignedInDirectory people) : IHostedService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, Connection> open = new(StringComparer.Ordinal);
    private LiveSubscription? subscription;

    /// <summary>What the public status page follows everyone may; the rest is for those who read operations, within their reach.</summary>
    public static bool MayFollow(Caller caller, LiveSubject subject) => subject.Topic switch
    {
        "status" => true,
        "slo" or "service" => caller.May(Access.View, Touched.Of(subject.Key)),
        "platform" => caller.May(Access.View) && caller.ScopeOf(Access.View).Meets(subject.Key),
        _ => caller.May(Access.View),
    };

    public void Enter(HubCallerContext context)
    {
        var caller = context.GetHttpContext()?.RequestServices.GetRequiredService<CallerContext>().Current ?? Caller.Anonymous;
        open[context.ConnectionId] = new Connection(context, caller, SessionCookie.SessionOf(context.User));
    }

    public Caller CallerOf(HubCallerContext context) => open.TryGetValue(context.ConnectionId, out var connection) ? connection.Caller : Caller.Anonymous;

    public void Leave(HubCallerContext context) => open.TryRemove(context.ConnectionId, out _);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        subscription = bus.Subscribe([(SignedInDirectory.Topic, SignedInDirectory.Key)], Interval, (_, token) => ReviewAsync(token));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (subscription is not null)
        {
            await subscription.DisposeAsync();
        }
    }

    private async Task ReviewAsync(CancellationToken cancellationToken)
    {
        foreach (var connection in open.Values.Where(connection => connection.Session is not null))
        {
            if (await people.FindAsync(connection.Session!, cancellationToken) is not { } now || !now.Caller.MayAsMuchAs(connection.Caller))
            {
                connection.Context.Abort();
            }
        }
    }

    private sealed record Connection(HubCallerContext Context, Caller Caller, string? Session);
}
