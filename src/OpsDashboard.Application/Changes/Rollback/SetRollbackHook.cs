using System.Security.Cryptography;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Changes.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Changes.Rollback;

/// <summary>Names the address that is called when a deployment of a service is to be taken back; a second one takes the place of the first.</summary>
/// <param name="Service">platform/service.</param>
public sealed record SetRollbackHook(string Service, string Address) : ICommand<RollbackHook>
{
    public const int MaxAddressLength = 500;

    public static Access Access => Access.Administer;
}

/// <param name="Secret">What calls are signed with, as Standard Webhooks say; shown this once.</param>
public sealed record RollbackHook(string Service, string Address, string Secret);

internal sealed class SetRollbackHookValidator : AbstractValidator<SetRollbackHook>
{
    public SetRollbackHookValidator() => RuleFor(hook => hook.Address)
        .Must(address => address is { Length: <= SetRollbackHook.MaxAddressLength } && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.UserInfo.Length == 0)
        .WithErrorCode("address.http").WithMessage("An http or https address without a name or password in it.");
}

internal sealed class SetRollbackHookHandler(OpsDbContext db, CallerContext caller) : IRequestHandler<SetRollbackHook, Outcome<RollbackHook>>
{
    public async Task<Outcome<RollbackHook>> Handle(SetRollbackHook request, CancellationToken cancellationToken)
    {
        if (!(await db.ListServicePathsAsync(cancellationToken)).Contains(request.Service, StringComparer.Ordinal))
        {
            return Failure.NotFound($"The service \"{request.Service}\"");
        }

        var secret = $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(24))}";
        var row = await db.Set<RollbackHookRow>().SingleOrDefaultAsync(one => one.Service == request.Service, cancellationToken);
        if (row is null)
        {
            db.Add(new RollbackHookRow { Service = request.Service, Address = request.Address, Secret = secret, Author = caller.Current.Name });
        }
        else
        {
            (row.Address, row.Secret, row.Author) = (request.Address, secret, caller.Current.Name);
        }

        await db.SaveChangesAsync(cancellationToken);
        return new RollbackHook(request.Service, request.Address, secret);
    }
}
