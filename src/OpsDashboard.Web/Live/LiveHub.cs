using Microsoft.AspNetCore.SignalR;

namespace OpsDashboard.Web.Live;

/// <summary>What the hub calls on its clients.</summary>
public interface ILiveClient
{
    /// <summary>Something of this subject changed; read it again. Sequence is the position in the change feed and grows.</summary>
    Task Changed(string topic, string key, long sequence);
}

/// <summary><c>/hubs/live</c>: tells programs and wallboards that something changed, never what.</summary>
internal sealed class LiveHub(LiveAudience audience, LiveCallers callers) : Hub<ILiveClient>
{
    public override Task OnConnectedAsync()
    {
        callers.Enter(Context);
        return base.OnConnectedAsync();
    }

    /// <summary>Follows one subject. Doing it twice is doing it once.</summary>
    /// <exception cref="HubException">The topic or key is not one that exists, or not one for this caller, or the connection follows too much.</exception>
    public async Task Subscribe(string? topic, string? key)
    {
        var subject = Checked(topic, key);
        if (!LiveCallers.MayFollow(callers.CallerOf(Context), subject))
        {
            throw new HubException("You may not follow this.");
        }

        if (!audience.TryJoin(Context.ConnectionId, subject))
        {
            throw new HubException($"A connection may follow at most {LiveAudience.MaxPerConnection} subjects.");
        }

        await Groups.AddToGroupAsync(Context.ConnectionId, subject.Group, Context.ConnectionAborted);
    }

    /// <summary>Follows a subject no longer; one that was not followed is left alone.</summary>
    /// <exception cref="HubException">The topic or key is not one that exists.</exception>
    public async Task Unsubscribe(string? topic, string? key)
    {
        var subject = Checked(topic, key);
        audience.Leave(Context.ConnectionId, subject);
        await Groups.RemoveFromGroupAsync(Context.ConnectionId, subject.Group, Context.ConnectionAborted);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        audience.LeaveAll(Context.ConnectionId);
        callers.Leave(Context);
        return base.OnDisconnectedAsync(exception);
    }

    private static LiveSubject Checked(string? topic, string? key) =>
        LiveSubject.FaultOf(topic, key) is { } fault ? throw new HubException(fault) : new LiveSubject(topic!, key!);
}
