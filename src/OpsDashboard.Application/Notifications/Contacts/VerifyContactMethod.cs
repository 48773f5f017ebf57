using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Notifications.Contacts;

/// <summary>Enters the code that a contact method received; from here on it is paged.</summary>
public sealed record VerifyContactMethod(int Id, string Code) : ICommand<CodeVerdict>
{
    public static Access Access => Access.Respond;
}

/// <summary>A wrong code is an answer, not a failure: the try counts, so it must be committed.</summary>
/// <param name="TriesLeft">0: another code is needed.</param>
public sealed record CodeVerdict(bool Verified, int TriesLeft);

internal sealed class VerifyContactMethodHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<VerifyContactMethod, Outcome<CodeVerdict>>
{
    public async Task<Outcome<CodeVerdict>> Handle(VerifyContactMethod request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        // Counted by the statement itself, so that tries sent at once do not count as one.
        await db.Set<ContactMethodRow>().Where(row => row.Id == request.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.CodeTries, row => row.CodeTries + 1), cancellationToken);
        var row = await db.Set<ContactMethodRow>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
        if (row is null)
        {
            return Failure.NotFound("This contact method");
        }

        if (ContactRight.Objection(caller.Current, row.PersonId) is { } objection)
        {
            return objection;
        }

        if (row.VerifiedAtMs is not null)
        {
            return new CodeVerdict(Verified: true, VerificationCode.MostTries);
        }

        var open = row.CodeHash is not null && row.CodeSentAtMs is { } sent && now < sent + VerificationCode.ValidMs && row.CodeTries <= VerificationCode.MostTries;
        if (!open)
        {
            return new CodeVerdict(Verified: false, 0);
        }

        if (!VerificationCode.Matches(row, request.Code.Trim()))
        {
            return new CodeVerdict(Verified: false, VerificationCode.MostTries - row.CodeTries);
        }

        row.VerifiedAtMs = now;
        row.CodeHash = null;
        db.Announce(now, ("paging", "all"), ("oncall", "all"));
        await db.SaveChangesAsync(cancellationToken);
        return new CodeVerdict(Verified: true, VerificationCode.MostTries);
    }
}
