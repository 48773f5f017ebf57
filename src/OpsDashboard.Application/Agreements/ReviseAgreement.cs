using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Agreements.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Application.Slos.Minutes;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Agreements;

namespace OpsDashboard.Application.Agreements;

/// <summary>New terms from the start of a month on. What was agreed before stays as it was, and so do its statements.</summary>
public sealed record ReviseAgreement : ICommand<AgreementRef>
{
    public static Access Access => Access.Administer;

    public required string Id { get; init; }

    /// <summary>The version the editor saw.</summary>
    public required int ExpectedVersion { get; init; }

    /// <summary>First day of a month, UTC, that is not closed, as 2026-12-01.</summary>
    public required string EffectiveFrom { get; init; }

    public required AgreementTerms Terms { get; init; }

    public required string Reason { get; init; }
}

internal sealed class ReviseAgreementValidator : AbstractValidator<ReviseAgreement>
{
    public ReviseAgreementValidator()
    {
        RuleFor(agreement => agreement.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).WithErrorCode("reason.required").WithMessage("Say why the terms change.");
        RuleFor(agreement => agreement.Reason).MaximumLength(SignAgreement.MaxReasonLength).WithErrorCode("reason.tooLong").WithMessage($"At most {SignAgreement.MaxReasonLength} characters.");
    }
}

internal sealed class ReviseAgreementHandler(OpsDbContext db, SloMinutes minutes, CallerContext caller, TimeProvider time) : IRequestHandler<ReviseAgreement, Outcome<AgreementRef>>
{
    public async Task<Outcome<AgreementRef>> Handle(ReviseAgreement request, CancellationToken cancellationToken)
    {
        var row = await db.Set<AgreementRow>().Include(one => one.Versions).SingleOrDefaultAsync(one => one.Id == request.Id, cancellationToken);
        if (row is null)
        {
            return Failure.NotFound($"The agreement \"{request.Id}\"");
        }

        if (row.Version != request.ExpectedVersion)
        {
            return Failure.Outdated($"Version {row.Version} was made meanwhile. Read it before you change it.", []);
        }

        var faults = await TermsCheck.CheckAsync(request.Terms, minutes, cancellationToken);
        var from = TermsCheck.Day(request.EffectiveFrom, "/effectiveFrom", faults);
        await CheckStartAsync(row, from, faults, cancellationToken);
        if (faults.Count > 0)
        {
            return Failure.Invalid(faults);
        }

        var now = time.NowMs();
        row.Version++;
        row.Versions.Add(new AgreementVersionRow
        {
            Version = row.Version,
            EffectiveFromMs = from!.Value.ToUnixTimeMilliseconds(),
            Terms = JsonSerializer.Serialize(request.Terms, StoreJson.Options),
            Reason = request.Reason.Trim(),
            Author = caller.Current.Name,
            CreatedAtMs = now,
        });
        db.Announce(now, ("agreements", "all"));
        await db.SaveChangesAsync(cancellationToken);
        return new AgreementRef(row.Id, row.Version);
    }

    private async Task CheckStartAsync(AgreementRow row, DateTimeOffset? start, List<Fault> faults, CancellationToken cancellationToken)
    {
        if (start is not { } from)
        {
            return;
        }

        if (!TermsCheck.IsMonthStart(from))
        {
            faults.Add(new Fault("/effectiveFrom", "effectiveFrom.month", "The first day of a month: a month is judged by one set of terms."));
        }

        if (from.ToUnixTimeMilliseconds() <= row.Versions.Max(version => version.EffectiveFromMs))
        {
            faults.Add(new Fault("/effectiveFrom", "effectiveFrom.later", "After the beginning of the version before."));
        }

        var month = YearMonth.Of(from).Number;
        if (await db.Set<StatementRow>().AnyAsync(statement => statement.AgreementId == row.Id && statement.Month >= month, cancellationToken))
        {
            faults.Add(new Fault("/effectiveFrom", "effectiveFrom.closed", "That month is closed, and its statement was drawn up by the terms of then."));
        }
    }
}

/// <summary>The agreement ends with a month; what was stated stays.</summary>
/// <param name="LastMonth">As 2026-11.</param>
public sealed record EndAgreement(string Id, string LastMonth) : ICommand<AgreementRef>
{
    public static Access Access => Access.Administer;
}

internal sealed class EndAgreementHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<EndAgreement, Outcome<AgreementRef>>
{
    public async Task<Outcome<AgreementRef>> Handle(EndAgreement request, CancellationToken cancellationToken)
    {
        if (await db.Set<AgreementRow>().SingleOrDefaultAsync(one => one.Id == request.Id, cancellationToken) is not { } row)
        {
            return Failure.NotFound($"The agreement \"{request.Id}\"");
        }

        if (!YearMonth.TryParse(request.LastMonth, out var month))
        {
            return Failure.Invalid("/lastMonth", "month.format", "A month is written as 2026-11.");
        }

        if (await db.Set<StatementRow>().AnyAsync(statement => statement.AgreementId == row.Id && statement.Month > month.Number, cancellationToken))
        {
            return Failure.Invalid("/lastMonth", "lastMonth.closed", "A later month has its statement already.");
        }

        row.EndsAtMs = month.End.ToUnixTimeMilliseconds();
        db.Announce(time.NowMs(), ("agreements", "all"));
        await db.SaveChangesAsync(cancellationToken);
        return new AgreementRef(row.Id, row.Version);
    }
}
