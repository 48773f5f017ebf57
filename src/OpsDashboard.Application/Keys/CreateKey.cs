using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Keys.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Requests.Idempotency;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Keys;

namespace OpsDashboard.Application.Keys;

/// <summary>Lets a program call the API.</summary>
public sealed record CreateKey : ICommand<CreatedKey>, IDangerous
{
    public const int MaxNameLength = 80;
    public const int MostPlaces = 50;

    /// <summary>Most live keys of all programs.</summary>
    public const int Most = 1_000;

    public static Access Access => Access.ManageKeys;

    /// <summary>The program; two live keys may have the same name.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<Access> Verbs { get; init; }

    /// <summary>Platforms and services (<c>platform/service</c>); empty: all.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    /// <summary>Kinds of data it may hand in; empty: all.</summary>
    public IReadOnlyList<KeySource> Sources { get; init; } = [];

    public KeyTier Tier { get; init; } = KeyTier.Professional;

    /// <summary>Days it lives, 1 to 90.</summary>
    public int Days { get; init; } = KeyTerms.MostDays;
}

/// <param name="Key">Shown this once; the store has only its hash.</param>
public sealed record CreatedKey(string Id, string Name, string Key, DateTimeOffset ExpiresAt) : IShownOnce;

internal sealed class CreateKeyValidator : AbstractValidator<CreateKey>
{
    public CreateKeyValidator()
    {
        RuleFor(request => request.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithErrorCode("name.required").WithMessage("Name the program that calls.");
        RuleFor(request => request.Name).MaximumLength(CreateKey.MaxNameLength).WithErrorCode("name.tooLong").WithMessage($"At most {CreateKey.MaxNameLength} characters.");
        RuleFor(request => request.Name).Must(name => name is null || !name.Any(char.IsControl)).WithErrorCode("name.letters").WithMessage("One line of text.");
        RuleFor(request => request.Verbs).Must(verbs => verbs is { Count: > 0 }).WithErrorCode("verbs.required").WithMessage("Choose what the key may do.");
        RuleFor(request => request.Verbs).Must(verbs => verbs is null || verbs.All(ApiKeyGrant.Grantable.Contains)).WithErrorCode("verbs.grantable")
            .WithMessage("People and keys are managed by people, not by keys.");
        RuleFor(request => request.Days).InclusiveBetween(1, KeyTerms.MostDays).WithErrorCode("days.range").WithMessage($"Between 1 and {KeyTerms.MostDays} days.");
        RuleFor(request => request.Places).Must(places => places is null || places.Count <= CreateKey.MostPlaces).WithErrorCode("places.tooMany").WithMessage($"At most {CreateKey.MostPlaces} platforms and services.");
        RuleForEach(request => request.Places).Must(IsPlace).WithErrorCode("places.form").WithMessage("A platform, or platform/service.");
    }

    private static bool IsPlace(string? place) => place?.Split('/') is { Length: 1 or 2 } parts && parts.All(StoredSlis.IsName);
}

internal sealed class CreateKeyHandler(OpsDbContext db, KeyMint mint) : IRequestHandler<CreateKey, Outcome<CreatedKey>>
{
    public async Task<Outcome<CreatedKey>> Handle(CreateKey request, CancellationToken cancellationToken)
    {
        var faults = await UnknownAsync(request.Places, cancellationToken);
        if (faults.Count > 0)
        {
            return Failure.Invalid(faults);
        }

        return await mint.AddAsync(
            new KeyMint.Terms(
                request.Name.Trim(),
                ApiKeyGrant.Join(request.Verbs.Distinct().Order()),
                ApiKeyGrant.Join(request.Places.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
                ApiKeyGrant.Join(request.Sources.Distinct().Order()),
                request.Tier,
                request.Days),
            follows: null,
            cancellationToken);
    }

    private async Task<IReadOnlyList<Fault>> UnknownAsync(IReadOnlyList<string> places, CancellationToken cancellationToken)
    {
        var services = await db.ListServicePathsAsync(cancellationToken);
        return
        [
            .. places
                .Select((place, at) => (Place: place, At: at))
                .Where(one => !services.Any(service => service == one.Place || service.StartsWith($"{one.Place}/", StringComparison.Ordinal)))
                .Select(one => new Fault($"/places/{one.At}", "places.known", $"There is no \"{one.Place}\" in the catalog.")),
        ];
    }
}

/// <summary>Makes keys: new ones and those that follow another.</summary>
internal sealed class KeyMint(OpsDbContext db, CallerContext caller, TimeProvider time)
{
    public async Task<Outcome<CreatedKey>> AddAsync(Terms terms, string? follows, CancellationToken cancellationToken)
    {
        // Handing in is what programs do and people do not; beside it nobody gives what they do not have.
        var more = ApiKeyGrant.Words<Access>(terms.Verbs).Where(verb => verb != Access.Ingest && !caller.Current.May(verb)).ToList();
        if (more.Count > 0)
        {
            return Failure.Forbidden($"A key cannot be given what its maker may not do: {string.Join(", ", more)}.");
        }

        var now = time.NowMs();
        var live = db.Set<ApiKeyRow>().Where(row => row.RevokedAtMs == null && row.ExpiresAtMs > now);
        if (await live.CountAsync(row => row.Name == terms.Name, cancellationToken) >= KeyTerms.MostLive)
        {
            return Failure.Conflict($"{terms.Name} has {KeyTerms.MostLive} live keys; revoke the one that is no longer used first.");
        }

        if (await live.CountAsync(cancellationToken) >= CreateKey.Most)
        {
            return Failure.Conflict($"There are {CreateKey.Most} live keys; revoke one first.");
        }

        var key = ApiKeyText.Create();
        var row = new ApiKeyRow
        {
            Id = key.Id,
            Name = terms.Name,
            KeyHash = key.Hash,
            Verbs = terms.Verbs,
            Places = terms.Places,
            Sources = terms.Sources,
            Tier = terms.Tier,
            CreatedAtMs = now,
            ExpiresAtMs = now + (terms.Days * Instants.DayMs),
            Author = caller.Current.Name,
            OwnerId = caller.Current.PersonId,
            FollowsId = follows,
        };
        db.Add(row);
        db.Announce(now, (ApiKeys.Topic, "all"));
        await db.SaveChangesAsync(cancellationToken);
        return new CreatedKey(row.Id, row.Name, key.Full, Instants.ToInstant(row.ExpiresAtMs));
    }

    internal sealed record Terms(string Name, string Verbs, string Places, string Sources, KeyTier Tier, int Days);
}
