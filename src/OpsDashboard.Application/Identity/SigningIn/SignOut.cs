using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Identity.Sessions;
using OpsDashboard.Application.Identity.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Identity.SigningIn;

public enum SignOutReach
{
    /// <summary>The session at hand, or the one named.</summary>
    One,

    /// <summary>All but the one at hand.</summary>
    Others,

    Everywhere,
}

/// <summary>Ends sessions of one's own; open circuits of theirs end within seconds, on every node.</summary>
/// <param name="Session">With <see cref="SignOutReach.One"/>; null: the one at hand.</param>
public sealed record SignOut(SignOutReach Reach = SignOutReach.One, string? Session = null) : ICommand<int>
{
    public static Access Access => Access.Self;
}

internal sealed class SignOutHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<SignOut, Outcome<int>>
{
    public async Task<Outcome<int>> Handle(SignOut request, CancellationToken cancellationToken)
    {
        var (account, mine) = (caller.Current.AccountId, caller.Current.SessionId);
        var named = request.Session ?? mine;
        var sessions = db.Set<SessionRow>().Where(row => row.AccountId == account);
        var ended = await (request.Reach switch
        {
            SignOutReach.One => sessions.Where(row => row.Id == named),
            SignOutReach.Others => sessions.Where(row => row.Id != mine),
            SignOutReach.Everywhere => sessions,
        }).ExecuteDeleteAsync(cancellationToken);
        db.Announce(time.NowMs(), (SignedInDirectory.Topic, SignedInDirectory.Key));
        await db.SaveChangesAsync(cancellationToken);
        return ended;
    }
}
