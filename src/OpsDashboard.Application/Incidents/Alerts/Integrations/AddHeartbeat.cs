using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Incidents.Alerts.Intake;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Incidents.Alerts.Integrations;

/// <summary>Expects a sign of life in an interval. One that never comes is alarmed as well.</summary>
public sealed record AddHeartbeat : ICommand<HeartbeatSummary>
{
    public const int MaxNameLength = 80;

    /// <summary>Most heartbeats of one integration.</summary>
    public const int Most = 200;

    public static Access Access => Access.Administer;

    public required int IntegrationId { get; init; }

    public required string Name { get; init; }

    public string? Platform { get; init; }

    /// <summary>Name within the platform.</summary>
    public string? Service { get; init; }

    public required int IntervalSeconds { get; init; }

    public int GraceSeconds { get; init; } = 60;

    public AlertLevel Level { get; init; } = AlertLevel.High;
}

internal sealed class AddHeartbeatValidator : AbstractValidator<AddHeartbeat>
{
    public AddHeartbeatValidator()
    {
        RuleFor(request => request.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithErrorCode("name.required").WithMessage("Name what must give a sign of life.");
        RuleFor(request => request.Name).MaximumLength(AddHeartbeat.MaxNameLength).WithErrorCode("name.tooLong").WithMessage($"At most {AddHeartbeat.MaxNameLength} characters.");
        RuleFor(request => request.Platform).Must(platform => platform is null || StoredSlis.IsName(platform)).WithErrorCode("platform.name").WithMessage(StoredSlis.NameRule);
        RuleFor(request => request.Service).Must(service => service is null || StoredSlis.IsName(service)).WithErrorCode("service.name").WithMessage(StoredSlis.NameRule);
        RuleFor(request => request.IntervalSeconds).InclusiveBetween(HeartbeatTerms.ShortestInterval, HeartbeatTerms.LongestInterval)
            .WithErrorCode("intervalSeconds.range").WithMessage("Between 10 seconds and 40 days.");
        RuleFor(request => request.GraceSeconds).InclusiveBetween(0, HeartbeatTerms.LongestGrace)
            .WithErrorCode("graceSeconds.range").WithMessage("Between 0 seconds and 7 days.");
        RuleFor(request => request.Level).IsInEnum().WithErrorCode("level.known").WithMessage("critical, high, warning or info.");
    }
}

internal sealed class AddHeartbeatHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<AddHeartbeat, Outcome<HeartbeatSummary>>
{
    public async Task<Outcome<HeartbeatSummary>> Handle(AddHeartbeat request, CancellationToken cancellationToken)
    {
        var integration = await db.Set<IntegrationRow>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == request.IntegrationId && row.RevokedAtMs == null, cancellationToken);
        if (integration is null)
        {
            return Failure.NotFound("The integration");
        }

        var name = request.Name.Trim();
        var own = db.Set<HeartbeatRow>().Where(row => row.IntegrationId == request.IntegrationId);
        if (await own.AnyAsync(row => row.Name == name, cancellationToken))
        {
            return Failure.Invalid("/name", "name.unique", "The integration has a heartbeat of this name.");
        }

        if (await own.CountAsync(cancellationToken) >= AddHeartbeat.Most)
        {
            return Failure.Conflict($"The integration has {AddHeartbeat.Most} heartbeats.");
        }

        var now = time.NowMs();
        var row = new HeartbeatRow
        {
            IntegrationId = request.IntegrationId,
            Name = name,
            Platform = request.Platform ?? integration.Platform,
            Service = request.Service,
            IntervalSeconds = request.IntervalSeconds,
            GraceSeconds = request.GraceSeconds,
            Level = request.Level,
            CreatedAtMs = now,
            DueAtMs = new HeartbeatTerms(request.IntervalSeconds, request.GraceSeconds).DueAtMs(now, null),
        };
        db.Add(row);
        db.Announce(now, ("alerts", "all"));
        await db.SaveChangesAsync(cancellationToken);
        return ListIntegrationsHandler.Describe(row, now);
    }
}

/// <summary>Expects a heartbeat no longer; its alarm ends.</summary>
public sealed record RemoveHeartbeat(int Id) : ICommand<Done>
{
    public static Access Access => Access.Administer;
}

internal sealed class RemoveHeartbeatHandler(OpsDbContext db, AlertDesk desk, TimeProvider time) : IRequestHandler<RemoveHeartbeat, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(RemoveHeartbeat request, CancellationToken cancellationToken)
    {
        if (await db.Set<HeartbeatRow>().FindAsync([request.Id], cancellationToken) is not { } row)
        {
            return Failure.NotFound("The heartbeat");
        }

        var now = time.NowMs();
        await desk.ClearAsync(PingHeartbeatHandler.KeyOf(row), now, cancellationToken);
        db.Remove(row);
        db.Announce(now, ("alerts", "all"));
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}
