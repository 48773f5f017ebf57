using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Agreements.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Minutes;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Agreements;

namespace OpsDashboard.Application.Agreements;

/// <summary>The id of an agreement and the number of its newest version.</summary>
public sealed record AgreementRef(string Id, int Version);

/// <summary>Takes down what was agreed with a customer. It may have begun before today: closed months get their statements then.</summary>
public sealed record SignAgreement : ICommand<AgreementRef>
{
    public const int MaxNameLength = 100;
    public const int MaxReasonLength = 500;
    public const int MaxYearsBack = 3;
    public const int MaxAgreements = 5_000;

    public static Access Access => Access.Administer;

    public required string CustomerId { get; init; }

    public required string Name { get; init; }

    /// <summary>First day, UTC, as 2026-11-01; any day of a month.</summary>
    public required string EffectiveFrom { get; init; }

    public required AgreementTerms Terms { get; init; }
}

internal sealed class SignAgreementValidator : AbstractValidator<SignAgreement>
{
    public SignAgreementValidator()
    {
        RuleFor(agreement => agreement.CustomerId).NotEmpty().WithErrorCode("customerId.required").WithMessage("Choose a customer.");
        RuleFor(agreement => agreement.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithErrorCode("name.required").WithMessage("A name as it is to stand on statements.");
        RuleFor(agreement => agreement.Name).MaximumLength(SignAgreement.MaxNameLength).WithErrorCode("name.tooLong").WithMessage($"At most {SignAgreement.MaxNameLength} characters.");
    }
}

internal sealed class SignAgreementHandler(OpsDbContext db, SloMinutes minutes, CallerContext caller, TimeProvider time) : IRequestHandler<SignAgreement, Outcome<AgreementRef>>
{
    public async Task<Outcome<AgreementRef>> Handle(SignAgreement request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var faults = await TermsCheck.CheckAsync(request.Terms, minutes, cancellationToken);
        var from = TermsCheck.Day(request.EffectiveFrom, "/effectiveFrom", faults);
        if (from < now.AddYears(-SignAgreement.MaxYearsBack) || from > now.AddYears(1))
        {
            faults.Add(new Fault("/effectiveFrom", "effectiveFrom.range", $"Within the last {SignAgreement.MaxYearsBack} years or the next one."));
        }

        if (!await db.Set<CustomerRow>().AnyAsync(row => row.Id == request.CustomerId, cancellationToken))
        {
            faults.Add(new Fault("/customerId", "customer.known", $"There is no customer \"{request.CustomerId}\"."));
        }

        if (faults.Count > 0)
        {
            return Failure.Invalid(faults);
        }

        var taken = (await db.Set<AgreementRow>().Select(row => row.Id).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        if (taken.Count >= SignAgreement.MaxAgreements)
        {
            return Failure.Conflict($"There are {SignAgreement.MaxAgreements} agreements already.");
        }

        var row = new AgreementRow
        {
            Id = Slug.Free($"{request.CustomerId} {request.Name}", "agreement", taken),
            CustomerId = request.CustomerId,
            Name = request.Name.Trim(),
            Version = 1,
            Author = caller.Current.Name,
        };
        row.Versions.Add(new AgreementVersionRow
        {
            Version = 1,
            EffectiveFromMs = from!.Value.ToUnixTimeMilliseconds(),
            Terms = JsonSerializer.Serialize(request.Terms, StoreJson.Options),
            Reason = "Signed",
            Author = caller.Current.Name,
            CreatedAtMs = now.ToUnixTimeMilliseconds(),
        });
        db.Add(row);
        db.Announce(now.ToUnixTimeMilliseconds(), ("agreements", "all"));
        await db.SaveChangesAsync(cancellationToken);
        return new AgreementRef(row.Id, 1);
    }
}
