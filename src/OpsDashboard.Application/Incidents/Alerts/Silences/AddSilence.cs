using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Alerts.Desk;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Incidents.Alerts.Silences;

/// <summary>Keeps matching alerts from paging until an instant. They are recorded all the same, and page when it ends while they fire.</summary>
public sealed record AddSilence : ICommand<SilenceSummary>
{
    public static Access Access => Access.Respond;

    /// <summary>All must match.</summary>
    public required IReadOnlyList<LabelMatcher> Matchers { get; init; }

    /// <summary>Null: now.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    public required string Reason { get; init; }
}

internal sealed class AddSilenceValidator : AbstractValidator<AddSilence>
{
    public AddSilenceValidator(TimeProvider time)
    {
        var now = time.GetUtcNow();
        RuleFor(request => request.Matchers).Must(matchers => matchers.Count is >= 1 and <= Silence.MaxMatchers).WithErrorCode("matchers.count")
            .WithMessage($"Between 1 and {Silence.MaxMatchers} matchers: a silence of everything is none of anything in particular.");
        RuleFor(request => request.Matchers).Custom((matchers, context) =>
        {
            for (var i = 0; i < matchers.Count; i++)
            {
                if (matchers[i].Check() is { } wrong)
                {
                    context.AddFailure(new FluentValidation.Results.ValidationFailure($"Matchers[{i}]", wrong) { ErrorCode = "matcher.usable" });
                }
            }
        });
        RuleFor(request => request.EndsAt).GreaterThan(request => request.StartsAt ?? now).WithErrorCode("endsAt.afterStart").WithMessage("The end must lie after the start.");
        RuleFor(request => request.EndsAt).GreaterThan(now).WithErrorCode("endsAt.future").WithMessage("The end must lie in the future.");
        RuleFor(request => request.EndsAt).Must((request, end) => end - (request.StartsAt ?? now) <= Silence.Longest).WithErrorCode("endsAt.tooLong")
            .WithMessage($"A silence lasts at most {Silence.Longest.Days} days.");
        RuleFor(request => request.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).WithErrorCode("reason.required").WithMessage("Say why, for those who miss the alert.");
        RuleFor(request => request.Reason).MaximumLength(AlertTermsMapping.MaxReasonLength).WithErrorCode("reason.tooLong").WithMessage($"At most {AlertTermsMapping.MaxReasonLength} characters.");
    }
}

internal sealed class AddSilenceHandler(OpsDbContext db, AlertDesk desk, CallerContext caller, TimeProvider time) : IRequestHandler<AddSilence, Outcome<SilenceSummary>>
{
    public async Task<Outcome<SilenceSummary>> Handle(AddSilence request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var row = new SilenceRow
        {
            Matchers = JsonSerializer.Serialize(request.Matchers, StoreJson.Options),
            StartsAtMs = request.StartsAt?.ToUnixTimeMilliseconds() ?? now,
            EndsAtMs = request.EndsAt.ToUnixTimeMilliseconds(),
            Reason = request.Reason.Trim(),
            Author = caller.Current.Name,
            CreatedAtMs = now,
        };
        db.Add(row);
        db.Announce(now, ("alerts", "all"));
        await db.SaveChangesAsync(cancellationToken);
        await desk.ReviewMutesAsync(now, cancellationToken);
        var muted = await db.Set<AlertRow>().CountAsync(alert => alert.SilenceId == row.Id && alert.OpenKey != null, cancellationToken);
        return ListSilencesHandler.Describe(row, now, muted);
    }
}

/// <summary>Ends a silence before its time. Alerts that fire under it page at once.</summary>
public sealed record EndSilence(int Id) : ICommand<Done>
{
    public static Access Access => Access.Respond;
}

internal sealed class EndSilenceHandler(OpsDbContext db, AlertDesk desk, CallerContext caller, TimeProvider time) : IRequestHandler<EndSilence, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(EndSilence request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        if (await db.Set<SilenceRow>().FindAsync([request.Id], cancellationToken) is not { } row)
        {
            return Failure.NotFound("The silence");
        }

        if (row.EndsAtMs <= now)
        {
            return Failure.Conflict("The silence has ended already.");
        }

        (row.EndsAtMs, row.EndedBy) = (now, caller.Current.Name);
        db.Announce(now, ("alerts", "all"));
        await db.SaveChangesAsync(cancellationToken);
        await desk.ReviewMutesAsync(now, cancellationToken);
        return default(Done);
    }
}
