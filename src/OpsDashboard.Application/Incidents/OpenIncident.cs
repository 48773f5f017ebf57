using FluentValidation;
using MediatR;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Incidents.Clocks;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.OnCall;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Incidents;

/// <summary>A person saw it before any alert did.</summary>
public sealed record OpenIncident : ICommand<IncidentSummary>, IScoped
{
    public const int MaxServices = 50;
    public static readonly TimeSpan LongestAgo = TimeSpan.FromDays(30);

    public static Access Access => Access.Respond;

    Touches IScoped.Touches => new(
        Services.Count == 0 ? [new Touched(Platform)] : [.. Services.Select(service => Touched.Service(Platform, service))],
        AnyIsEnough: true);

    public required string Title { get; init; }

    public string? Summary { get; init; }

    public required string Platform { get; init; }

    /// <summary>A name of the platform's scale: P0, Sev 1.</summary>
    public required string Severity { get; init; }

    /// <summary>Names within the platform; none: the whole platform.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>When it began; null: now.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Escalation policy to call by; null: the one for platform, service and severity.</summary>
    public string? PolicyId { get; init; }

    /// <summary>Tier of the customer who reported it; its support clock runs beside the others.</summary>
    public string? ReporterTier { get; init; }
}

internal sealed class OpenIncidentValidator : AbstractValidator<OpenIncident>
{
    public OpenIncidentValidator(TimeProvider time)
    {
        var now = time.GetUtcNow();
        RuleFor(open => open.Title).Must(title => !string.IsNullOrWhiteSpace(title)).WithErrorCode("title.required").WithMessage("Say in a sentence what is wrong.");
        RuleFor(open => open.Title).MaximumLength(IncidentRow.MaxTitleLength).WithErrorCode("title.tooLong").WithMessage($"At most {IncidentRow.MaxTitleLength} characters.");
        RuleFor(open => open.Summary).MaximumLength(IncidentRow.MaxSummaryLength).WithErrorCode("summary.tooLong").WithMessage($"At most {IncidentRow.MaxSummaryLength} characters.");
        RuleFor(open => open.Platform).NotEmpty().WithErrorCode("platform.required").WithMessage("Choose a platform.");
        RuleFor(open => open.Severity).Must((open, severity) => ShippedScales.For(open.Platform).Find(severity) is not null).WithErrorCode("severity.known")
            .WithMessage(open => $"Choose a severity of the platform: {string.Join(", ", ShippedScales.For(open.Platform).Levels.Select(level => level.Name))}.");
        RuleFor(open => open.Services).Must(services => services.Count <= OpenIncident.MaxServices).WithErrorCode("services.tooMany").WithMessage($"At most {OpenIncident.MaxServices} services; leave them out to mean the whole platform.");
        RuleFor(open => open.StartedAt).LessThanOrEqualTo(now.AddMilliseconds(IncidentMilestones.ToleranceMs)).WithErrorCode("startedAt.past").WithMessage("An incident has begun by the time it is opened.");
        RuleFor(open => open.StartedAt).GreaterThan(now - OpenIncident.LongestAgo).WithErrorCode("startedAt.old").WithMessage($"At most {OpenIncident.LongestAgo.TotalDays:0} days ago.");
        RuleFor(open => open.ReporterTier).Must((open, tier) => tier is null || TiersOf(open.Platform).Contains(tier, StringComparer.OrdinalIgnoreCase)).WithErrorCode("reporterTier.known")
            .WithMessage("Choose a tier that the contract promises a support response.");
    }

    /// <summary>Tiers whose reports have a clock of their own.</summary>
    internal static IReadOnlyList<string> TiersOf(string platform) =>
        [.. ShippedScales.For(platform).Levels.SelectMany(level => level.Clocks).Select(term => term.Tier).OfType<string>().Distinct(StringComparer.Ordinal)];
}

internal sealed class OpenIncidentHandler(OpsDbContext db, IncidentDesk desk, OnCallRoster roster, IncidentClocks clocks, CallerContext caller, TimeProvider time)
    : IRequestHandler<OpenIncident, Outcome<IncidentSummary>>
{
    public async Task<Outcome<IncidentSummary>> Handle(OpenIncident request, CancellationToken cancellationToken)
    {
        var known = (await db.ListServicePathsAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var faults = new List<Fault>();
        if (!known.Any(path => path.StartsWith($"{request.Platform}/", StringComparison.Ordinal)))
        {
            faults.Add(new Fault("/platform", "platform.known", $"There is no platform \"{request.Platform}\"."));
        }

        var services = request.Services.Select(service => $"{request.Platform}/{service}").ToList();
        faults.AddRange(services.Where(path => !known.Contains(path))
            .Select(path => new Fault("/services", "service.known", $"There is no service \"{path}\".")));
        if (request.PolicyId is { } policy && await roster.FindPolicyAsync(policy, cancellationToken) is null)
        {
            faults.Add(new Fault("/policyId", "policy.known", $"There is no escalation policy \"{policy}\"."));
        }

        if (faults.Count > 0)
        {
            return Failure.Invalid(faults);
        }

        var now = time.NowMs();
        var incident = await desk.OpenAsync(
            new NewIncident
            {
                Title = request.Title.Trim(),
                Summary = string.IsNullOrWhiteSpace(request.Summary) ? null : request.Summary.Trim(),
                Platform = request.Platform,
                Severity = request.Severity,
                Services = services.Count == 0 ? [request.Platform] : services,
                ReporterTier = OpenIncidentValidator.TiersOf(request.Platform).FirstOrDefault(tier => string.Equals(tier, request.ReporterTier, StringComparison.OrdinalIgnoreCase)),
                PolicyId = request.PolicyId,
                Author = caller.Current.Name,
                StartedMs = request.StartedAt?.ToUnixTimeMilliseconds() ?? now,
            },
            now,
            cancellationToken);
        return IncidentSummary.Of(incident, clocks, now);
    }
}
