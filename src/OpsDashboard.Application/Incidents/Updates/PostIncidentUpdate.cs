using FluentValidation;
using MediatR;
using OpsDashboard.Application.Incidents.Clocks;
using OpsDashboard.Application.Incidents.Escalation;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Incidents.Updates;

/// <summary>Word to those affected: to the team's timeline always, to the status page and to customers where asked. What went out stays.</summary>
public sealed record PostIncidentUpdate : ICommand<IncidentUpdate>, IAboutIncident
{
    public const int MaxTextLength = IncidentUpdateRow.MaxTextLength;

    public static Access Access => Access.Respond;

    public required long IncidentId { get; init; }

    /// <summary>Markdown.</summary>
    public required string Text { get; init; }

    public required PublicStatus Status { get; init; }

    public bool ToStatusPage { get; init; }

    public bool ToCustomers { get; init; }

    /// <summary>Title on the status page; null: as before, at first the incident's.</summary>
    public string? PublicTitle { get; init; }
}

/// <summary>An update as it went out.</summary>
public sealed record IncidentUpdate(long Id, string Text, PublicStatus Status, bool ToStatusPage, bool ToCustomers, string Author, DateTimeOffset At)
{
    internal static IncidentUpdate Of(IncidentUpdateRow row) =>
        new(row.Id, row.Text, row.Status, row.ToStatusPage, row.ToCustomers, row.Author, Instants.ToInstant(row.AtMs));
}

internal sealed class PostIncidentUpdateValidator : AbstractValidator<PostIncidentUpdate>
{
    public PostIncidentUpdateValidator()
    {
        RuleFor(update => update.Text).Must(text => !string.IsNullOrWhiteSpace(text)).WithErrorCode("text.required").WithMessage("Say what is known, what is done, and when the next word comes.");
        RuleFor(update => update.Text).MaximumLength(PostIncidentUpdate.MaxTextLength).WithErrorCode("text.tooLong").WithMessage($"At most {PostIncidentUpdate.MaxTextLength} characters.");
        RuleFor(update => update.Status).IsInEnum().WithErrorCode("status.known").WithMessage("Choose a status.");
        RuleFor(update => update.PublicTitle).MaximumLength(IncidentRow.MaxTitleLength).WithErrorCode("publicTitle.tooLong").WithMessage($"At most {IncidentRow.MaxTitleLength} characters.");
    }
}

internal sealed class PostIncidentUpdateHandler(
    OpsDbContext db,
    IncidentDesk desk,
    Escalator escalator,
    IncidentClocks clocks,
    IncidentTimeline timeline,
    IMediator mediator,
    CallerContext caller,
    TimeProvider time) : IRequestHandler<PostIncidentUpdate, Outcome<IncidentUpdate>>
{
    public async Task<Outcome<IncidentUpdate>> Handle(PostIncidentUpdate request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        if (await desk.TakeAsync(request.IncidentId, cancellationToken) is not { } incident)
        {
            return Failure.NotFound($"Incident {request.IncidentId}");
        }

        var row = new IncidentUpdateRow
        {
            IncidentId = incident.Id,
            Text = request.Text.Trim(),
            Status = request.Status,
            ToStatusPage = request.ToStatusPage,
            ToCustomers = request.ToCustomers,
            Author = caller.Current.Name,
            AtMs = now,
        };
        db.Add(row);
        var audiences = new UpdateAudiences(request.ToStatusPage, request.ToCustomers);
        if (audiences.IsOutside)
        {
            incident.CommunicatedAtMs = now;
        }

        if (request.ToStatusPage)
        {
            incident.PublicStatus = request.Status;
            incident.PublicTitle = string.IsNullOrWhiteSpace(request.PublicTitle) ? incident.PublicTitle ?? incident.Title : request.PublicTitle.Trim();
        }

        timeline.Append(incident.Id, TimelineKind.Update, $"**{Describe(request, audiences)}** {row.Text}", caller.Current.Name, now);
        escalator.ExpectWork(incident, now);
        clocks.Arm(incident, now);
        await db.SaveChangesAsync(cancellationToken);
        await mediator.Publish(new UpdatePosted(incident.Id, row.Id, audiences, now), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return IncidentUpdate.Of(row);
    }

    private static string Describe(PostIncidentUpdate update, UpdateAudiences audiences) => (audiences.StatusPage, audiences.Customers) switch
    {
        (false, false) => $"{update.Status}, for the team:",
        (true, false) => $"{update.Status}, on the status page:",
        (false, true) => $"{update.Status}, to customers:",
        (true, true) => $"{update.Status}, on the status page and to customers:",
    };
}
