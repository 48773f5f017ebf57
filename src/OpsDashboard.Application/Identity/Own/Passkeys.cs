using System.Buffers.Text;
using MediatR;
using Microsoft.AspNetCore.Identity;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Identity.Own;

/// <summary>Keeps a passkey that the host has verified. Only the host can make one of these: it takes the attested key itself.</summary>
/// <param name="Attested">As the verified attestation tells it.</param>
/// <param name="Name">What its owner calls it.</param>
public sealed record AddPasskey([property: System.Text.Json.Serialization.JsonIgnore] UserPasskeyInfo Attested, string Name) : ICommand<Done>, IDangerous
{
    public const int MaxNameLength = 60;
    public const int MaxPasskeys = 20;

    public static Access Access => Access.Self;
}

internal sealed class AddPasskeyHandler(OwnDesk desk, UserManager<Account> accounts, TimeProvider time) : IRequestHandler<AddPasskey, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(AddPasskey request, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(cancellationToken) is not { } account)
        {
            return Failure.NotFound("This account");
        }

        var name = request.Name.Trim();
        if (name.Length is 0 or > AddPasskey.MaxNameLength)
        {
            return Failure.Invalid("/name", "name.length", $"A name of 1 to {AddPasskey.MaxNameLength} characters.");
        }

        if ((await accounts.GetPasskeysAsync(account)).Count >= AddPasskey.MaxPasskeys)
        {
            return Failure.Conflict($"At most {AddPasskey.MaxPasskeys} passkeys.");
        }

        request.Attested.Name = name;
        var added = await accounts.AddOrUpdatePasskeyAsync(account, request.Attested);
        if (!added.Succeeded)
        {
            return Failure.Conflict("This passkey cannot be kept.");
        }

        await desk.MarkSessionAsync(cancellationToken);
        await desk.SaveAsync(time.NowMs(), cancellationToken);
        return default(Done);
    }
}

/// <summary>Forgets a passkey of one's own.</summary>
/// <param name="Id">The credential's id, base64url.</param>
public sealed record RemovePasskey(string Id) : ICommand<Done>, IDangerous
{
    public static Access Access => Access.Self;
}

internal sealed class RemovePasskeyHandler(OwnDesk desk, UserManager<Account> accounts, TimeProvider time) : IRequestHandler<RemovePasskey, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(RemovePasskey request, CancellationToken cancellationToken)
    {
        var account = await desk.FindAsync(cancellationToken);
        if (account is null || !Base64Url.IsValid(request.Id) || Base64Url.DecodeFromChars(request.Id) is not { } id || await accounts.GetPasskeyAsync(account, id) is null)
        {
            return Failure.NotFound("This passkey");
        }

        if (await desk.KeepsAsync(account, id, cancellationToken))
        {
            return OwnDesk.LastFactor;
        }

        await accounts.RemovePasskeyAsync(account, id);
        await desk.SaveAsync(time.NowMs(), cancellationToken);
        return default(Done);
    }
}
