using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using OpsDashboard.Application.Identity.Sessions;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Web.Hosting;

/// <summary>Tells the screen of a circuit that what its person may do has changed.</summary>
internal sealed class ScreenRights
{
    public event EventHandler? Changed;

    public void Tell() => Changed?.Invoke(this, EventArgs.Empty);
}

/// <summary>
/// A circuit lives as long as its tab, and rights need not: they are read when it opens, again whenever the change feed tells of
/// accounts, on every node, and when the session has run out. Whatever the browser then still sends is sent by nobody known.
/// </summary>
internal sealed class CircuitCaller(
    CallerContext caller,
    AuthenticationStateProvider connection,
    SignedInDirectory people,
    LiveBus bus,
    ScreenRights rights,
    TimeProvider time) : CircuitHandler, IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private LiveSubscription? subscription;
    private string? session;
    private long expiresAtMs;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var state = await connection.GetAuthenticationStateAsync();
        caller.Address = SessionCookie.AddressOf(state.User);
        session = SessionCookie.SessionOf(state.User);
        caller.Current = await ReadAsync(cancellationToken);
        subscription = bus.Subscribe([(SignedInDirectory.Topic, SignedInDirectory.Key)], Interval, (_, token) => RefreshAsync(token));
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async context =>
    {
        if (expiresAtMs > 0 && expiresAtMs <= time.NowMs())
        {
            await RefreshAsync(CancellationToken.None);
        }

        await next(context);
    };

    public override async Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken) => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref subscription, null) is { } open)
        {
            await open.DisposeAsync();
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var (before, now) = (caller.Current, await ReadAsync(cancellationToken));
        caller.Current = now;
        if (!now.MayAsMuchAs(before))
        {
            rights.Tell();
        }
    }

    private async Task<Caller> ReadAsync(CancellationToken cancellationToken)
    {
        if (session is null || await people.FindAsync(session, cancellationToken) is not { } signedIn)
        {
            expiresAtMs = 0;
            return Caller.Anonymous;
        }

        expiresAtMs = signedIn.ExpiresAtMs;
        return signedIn.Caller;
    }
}
