using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Notifications.Channels;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.OnCall;
using OpsDashboard.Application.Platform.Outbound;
using OpsDashboard.Application.Platform.Protection;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Requests.Idempotency;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.Notifications.Contacts;

/// <summary>Writes down a way to reach a person. It is not paged before it is verified; the code is sent by <see cref="SendVerificationCode"/>.</summary>
public sealed record AddContactMethod : ICommand<AddedContactMethod>
{
    public const int MostPerPerson = 12;
    public const int MaxLabelLength = 80;
    public const int MaxDelayMinutes = 24 * 60;

    public static Access Access => Access.Respond;

    public required string PersonId { get; init; }

    public required Channel Channel { get; init; }

    public required string Address { get; init; }

    /// <summary>Null: the channel's word.</summary>
    public string? Label { get; init; }

    public int DelayMinutes { get; init; }
}

/// <param name="SigningSecret">Of a webhook; told this once.</param>
public sealed record AddedContactMethod(int Id, string? SigningSecret) : IShownOnce;

internal sealed class AddContactMethodValidator : AbstractValidator<AddContactMethod>
{
    public AddContactMethodValidator(IOptions<OutboundOptions> outbound)
    {
        var policy = outbound.Value.ToPolicy();
        RuleFor(add => add.Channel).IsInEnum().WithErrorCode("channel.known").WithMessage("Choose a channel.");
        RuleFor(add => add.Address).Custom((address, context) =>
        {
            if (Enum.IsDefined(context.InstanceToValidate.Channel) && ContactAddress.Fault(context.InstanceToValidate.Channel, address.Trim(), policy) is { } fault)
            {
                context.AddFailure(new ValidationFailure("Address", fault) { ErrorCode = "address.form" });
            }
        });
        RuleFor(add => add.Label).MaximumLength(AddContactMethod.MaxLabelLength).WithErrorCode("label.tooLong").WithMessage($"At most {AddContactMethod.MaxLabelLength} characters.");
        RuleFor(add => add.DelayMinutes).InclusiveBetween(0, AddContactMethod.MaxDelayMinutes).WithErrorCode("delayMinutes.range")
            .WithMessage($"Between 0 and {AddContactMethod.MaxDelayMinutes} minutes.");
    }
}

internal sealed class AddContactMethodHandler(OpsDbContext db, OnCallRoster roster, IFieldSeal seal, CallerContext caller, TimeProvider time)
    : IRequestHandler<AddContactMethod, Outcome<AddedContactMethod>>
{
    public async Task<Outcome<AddedContactMethod>> Handle(AddContactMethod request, CancellationToken cancellationToken)
    {
        if (ContactRight.Objection(caller.Current, request.PersonId) is { } objection)
        {
            return objection;
        }

        IReadOnlyList<PersonRef> people = await roster.PeopleAsync(cancellationToken);
        if (people.All(person => person.Id != request.PersonId))
        {
            return Failure.NotFound("This person");
        }

        var address = request.Address.Trim();
        var known = await db.Set<ContactMethodRow>().Where(row => row.PersonId == request.PersonId).ToListAsync(cancellationToken);
        if (known.Exists(row => row.Channel == request.Channel && string.Equals(seal.Open(row.Address), address, StringComparison.OrdinalIgnoreCase)))
        {
            return Failure.Invalid("/address", "address.unique", "This address is already there.");
        }

        if (known.Count >= AddContactMethod.MostPerPerson)
        {
            return Failure.Conflict($"A person has at most {AddContactMethod.MostPerPerson} contact methods.");
        }

        var secret = request.Channel == Channel.Webhook ? WebhookSignature.NewSecret() : null;
        var row = new ContactMethodRow
        {
            PersonId = request.PersonId,
            Channel = request.Channel,
            Address = seal.Close(address),
            IsDemo = request.Channel == Channel.Email && address.EndsWith(DemoMailboxOptions.Domain, StringComparison.OrdinalIgnoreCase),
            Label = string.IsNullOrWhiteSpace(request.Label) ? "" : request.Label.Trim(),
            Position = known.Count == 0 ? 0 : known.Max(other => other.Position) + 1,
            DelaySeconds = request.DelayMinutes * 60,
            SigningSecret = seal.CloseAny(secret),
            CreatedAtMs = time.NowMs(),
        };
        db.Add(row);
        db.Announce(time.NowMs(), ("paging", "all"));
        await db.SaveChangesAsync(cancellationToken);
        return new AddedContactMethod(row.Id, secret);
    }
}
