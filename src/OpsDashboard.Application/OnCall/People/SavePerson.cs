using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using OpsDashboard.Application.OnCall.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.OnCall.People;

/// <summary>
/// Adds or changes someone who can be on call. Times that have passed stay as they were: a person leaves now or later, and who has
/// left does not come back under the same id.
/// </summary>
public sealed record SavePerson : ICommand<PersonSummary>
{
    public const int MaxNameLength = 100;
    public const int MaxRoles = 12;
    public const int MaxPeople = 1000;

    public static Access Access => Access.Administer;

    /// <summary>Null: someone new; the id comes from the name.</summary>
    public string? Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Slugs.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>IANA id.</summary>
    public required string Zone { get; init; }

    /// <summary>Null: at once. Only counts for someone new.</summary>
    public DateTimeOffset? ActiveFrom { get; init; }

    /// <summary>Exclusive; null: stays. At or before now: now.</summary>
    public DateTimeOffset? ActiveTo { get; init; }
}

internal sealed class SavePersonValidator : AbstractValidator<SavePerson>
{
    public SavePersonValidator()
    {
        RuleFor(person => person.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithErrorCode("name.required").WithMessage("A name as it is to stand in timelines.");
        RuleFor(person => person.Name).MaximumLength(SavePerson.MaxNameLength).WithErrorCode("name.tooLong").WithMessage($"At most {SavePerson.MaxNameLength} characters.");
        RuleFor(person => person.Roles).Must(roles => roles is { Count: <= SavePerson.MaxRoles } && roles.All(Slug.IsOne)).WithErrorCode("roles.slugs")
            .WithMessage($"At most {SavePerson.MaxRoles} roles, each of lower-case letters, digits and hyphens, such as operations-manager.");
        RuleFor(person => person.Zone).Must(zone => zone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null).WithErrorCode("zone.iana")
            .WithMessage("The name of an IANA time zone, such as Europe/Berlin.");
        RuleFor(person => person.ActiveTo).GreaterThan(person => person.ActiveFrom).When(person => person.ActiveFrom is not null)
            .WithErrorCode("activeTo.afterFrom").WithMessage("The end must lie after the beginning.");
    }
}

internal sealed class SavePersonHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<SavePerson, Outcome<PersonSummary>>
{
    public async Task<Outcome<PersonSummary>> Handle(SavePerson request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var outcome = request.Id is null ? await AddAsync(request, now, cancellationToken) : await ChangeAsync(request, request.Id, now, cancellationToken);
        if (outcome.Failure is { } failure)
        {
            return failure;
        }

        db.AnnounceOnCall(now);
        await db.SaveChangesAsync(cancellationToken);
        return ListPeopleHandler.Describe(outcome.Value, now);
    }

    private async Task<Outcome<PersonRow>> AddAsync(SavePerson request, long now, CancellationToken cancellationToken)
    {
        var taken = (await db.Set<PersonRow>().Select(row => row.Id).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        if (taken.Count >= SavePerson.MaxPeople)
        {
            return Failure.Conflict($"There are {SavePerson.MaxPeople} people already.");
        }

        var row = new PersonRow
        {
            Id = Slug.Free(request.Name, "person", taken),
            Name = request.Name.Trim(),
            Roles = PersonRow.Pack(request.Roles.Distinct(StringComparer.Ordinal)),
            Zone = request.Zone,
            ActiveFromMs = request.ActiveFrom?.ToUnixTimeMilliseconds(),
            ActiveToMs = Leaving(request, now),
            Author = caller.Current.Name,
            UpdatedAtMs = now,
        };
        db.Add(row);
        return row;
    }

    private async Task<Outcome<PersonRow>> ChangeAsync(SavePerson request, string id, long now, CancellationToken cancellationToken)
    {
        if (await db.Set<PersonRow>().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } row)
        {
            return Failure.NotFound($"The person \"{id}\"");
        }

        var leaving = Leaving(request, now);
        if (row.ActiveToMs <= now && leaving != row.ActiveToMs && request.ActiveTo?.ToUnixTimeMilliseconds() != row.ActiveToMs)
        {
            return Failure.Invalid("/activeTo", "activeTo.past", "They have left already. Someone who comes back is added anew, so that the past stays as it was.");
        }

        row.Name = request.Name.Trim();
        row.Roles = PersonRow.Pack(request.Roles.Distinct(StringComparer.Ordinal));
        row.Zone = request.Zone;
        row.ActiveToMs = row.ActiveToMs <= now ? row.ActiveToMs : leaving;
        row.UpdatedAtMs = now;
        return row;
    }

    private static long? Leaving(SavePerson request, long now) => request.ActiveTo is { } to ? Math.Max(now, to.ToUnixTimeMilliseconds()) : null;
}
