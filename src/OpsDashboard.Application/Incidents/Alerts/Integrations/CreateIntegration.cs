using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Requests.Idempotency;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Incidents.Alerts.Integrations;

/// <summary>Lets a program send alerts and heartbeats.</summary>
public sealed record CreateIntegration : ICommand<CreatedIntegration>
{
    public const int MaxNameLength = 80;

    /// <summary>Most integrations that are not revoked.</summary>
    public const int Most = 200;

    public static Access Access => Access.Administer;

    public required string Name { get; init; }

    /// <summary>Of alerts that name none; null: they say it themselves.</summary>
    public string? Platform { get; init; }

    /// <summary>
    /// An alert of Alertmanager without news for this long is shown as stale. The default is an hour more than Alertmanager's
    /// default repeat_interval of four.
    /// </summary>
    public int StaleAfterMinutes { get; init; } = 300;
}

/// <param name="Key">Shown this once; the store has only its hash.</param>
public sealed record CreatedIntegration(int Id, string Name, string Key) : IShownOnce;

internal sealed class CreateIntegrationValidator : AbstractValidator<CreateIntegration>
{
    public CreateIntegrationValidator()
    {
        RuleFor(request => request.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithErrorCode("name.required").WithMessage("Name the program that sends.");
        RuleFor(request => request.Name).MaximumLength(CreateIntegration.MaxNameLength).WithErrorCode("name.tooLong").WithMessage($"At most {CreateIntegration.MaxNameLength} characters.");
        RuleFor(request => request.Platform).Must(platform => platform is null || StoredSlis.IsName(platform)).WithErrorCode("platform.name").WithMessage(StoredSlis.NameRule);
        RuleFor(request => request.StaleAfterMinutes).InclusiveBetween(1, 10_080).WithErrorCode("staleAfterMinutes.range").WithMessage("Between 1 minute and 7 days.");
    }
}

internal sealed class CreateIntegrationHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<CreateIntegration, Outcome<CreatedIntegration>>
{
    public async Task<Outcome<CreatedIntegration>> Handle(CreateIntegration request, CancellationToken cancellationToken)
    {
        var name = request.Name.Trim();
        var good = db.Set<IntegrationRow>().Where(row => row.RevokedAtMs == null);
        if (await good.AnyAsync(row => row.Name == name, cancellationToken))
        {
            return Failure.Invalid("/name", "name.unique", "An integration has this name already.");
        }

        if (await good.CountAsync(cancellationToken) >= CreateIntegration.Most)
        {
            return Failure.Conflict($"There are {CreateIntegration.Most} integrations; revoke one first.");
        }

        var now = time.NowMs();
        var key = IntegrationKeys.Create();
        var row = new IntegrationRow
        {
            Name = name,
            Platform = request.Platform,
            KeyHash = IntegrationKeys.Hash(key),
            KeyHint = key[..6],
            StaleAfterSeconds = request.StaleAfterMinutes * 60,
            CreatedAtMs = now,
            Author = caller.Current.Name,
        };
        db.Add(row);
        db.Announce(now, ("alerts", "all"), ("alerts", "integrations"));
        await db.SaveChangesAsync(cancellationToken);
        return new CreatedIntegration(row.Id, name, key);
    }
}
