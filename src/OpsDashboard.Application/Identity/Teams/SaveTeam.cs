using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Identity.People;
using OpsDashboard.Application.Identity.Sessions;
using OpsDashboard.Application.Identity.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain;

namespace OpsDashboard.Application.Identity.Teams;

/// <summary>Says what a team owns and who is in it. A team lead edits what the teams they are in own.</summary>
public sealed record SaveTeam : ICommand<string>, IDangerous
{
    public const int MaxTeams = 200;
    public const int MaxNameLength = 100;

    public static Access Access => Access.ManagePeople;

    /// <summary>Null: a new one; the id comes from the name.</summary>
    public string? Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Platforms, services and schedules: <c>platform</c>, <c>platform/service</c>, <c>schedule:id</c>.</summary>
    public required IReadOnlyList<string> Owns { get; init; }

    /// <summary>Ids of accounts.</summary>
    public required IReadOnlyList<string> Members { get; init; }
}

internal sealed class SaveTeamHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<SaveTeam, Outcome<string>>
{
    public async Task<Outcome<string>> Handle(SaveTeam request, CancellationToken cancellationToken)
    {
        if (await CheckAsync(request, cancellationToken) is { Count: > 0 } faults)
        {
            return Failure.Invalid(faults);
        }

        var team = await FindOrAddAsync(request, cancellationToken);
        if (team is null)
        {
            return Failure.NotFound("This team");
        }

        team.Name = request.Name.Trim();
        team.Owns = ScopeText.Write(Scope.Of(request.Owns)) ?? "";
        var members = await db.Set<TeamMemberRow>().Where(row => row.TeamId == team.Id).ToListAsync(cancellationToken);
        db.RemoveRange(members.Where(row => !request.Members.Contains(row.AccountId, StringComparer.Ordinal)));
        db.AddRange(request.Members.Distinct(StringComparer.Ordinal).Where(id => members.TrueForAll(row => row.AccountId != id))
            .Select(id => new TeamMemberRow { TeamId = team.Id, AccountId = id }));
        db.Announce(time.NowMs(), (SignedInDirectory.Topic, SignedInDirectory.Key));
        await db.SaveChangesAsync(cancellationToken);
        return team.Id;
    }

    private async Task<List<Fault>> CheckAsync(SaveTeam request, CancellationToken cancellationToken)
    {
        List<Fault> faults = [.. ReachRules.Check(request.Owns, "/owns", schedules: true)];
        if (request.Name.Trim() is not { Length: > 0 and <= SaveTeam.MaxNameLength })
        {
            faults.Add(new Fault("/name", "name.length", $"A name of 1 to {SaveTeam.MaxNameLength} characters."));
        }

        var known = await db.Set<Account>().Where(row => request.Members.Contains(row.Id)).CountAsync(cancellationToken);
        if (known < request.Members.Distinct(StringComparer.Ordinal).Count())
        {
            faults.Add(new Fault("/members", "members.known", "One of these people has no account."));
        }

        if (request.Id is null && await db.Set<TeamRow>().CountAsync(cancellationToken) >= SaveTeam.MaxTeams)
        {
            faults.Add(new Fault("/name", "teams.many", $"At most {SaveTeam.MaxTeams} teams."));
        }

        return faults;
    }

    private async Task<TeamRow?> FindOrAddAsync(SaveTeam request, CancellationToken cancellationToken)
    {
        if (request.Id is not null)
        {
            return await db.Set<TeamRow>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
        }

        var taken = await db.Set<TeamRow>().Select(row => row.Id).ToListAsync(cancellationToken);
        var team = new TeamRow { Id = Slug.Free(request.Name, "team", taken.ToHashSet(StringComparer.Ordinal)), Name = "", Owns = "" };
        db.Add(team);
        return team;
    }
}

/// <summary>Removes a team; what it owned is nobody's until another owns it.</summary>
public sealed record RemoveTeam(string Id) : ICommand<Done>, IDangerous
{
    public static Access Access => Access.ManagePeople;
}

internal sealed class RemoveTeamHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<RemoveTeam, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(RemoveTeam request, CancellationToken cancellationToken)
    {
        if (await db.Set<TeamRow>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken) is not { } team)
        {
            return Failure.NotFound("This team");
        }

        db.Remove(team);
        db.Announce(time.NowMs(), (SignedInDirectory.Topic, SignedInDirectory.Key));
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}

/// <summary>All teams by name.</summary>
public sealed record ListTeams : IQuery<IReadOnlyList<Team>>
{
    public static Access Access => Access.View;
}

/// <param name="Members">Ids of accounts.</param>
public sealed record Team(string Id, string Name, IReadOnlyList<string> Owns, IReadOnlyList<string> Members);

internal sealed class ListTeamsHandler(OpsDbContext db) : IRequestHandler<ListTeams, Outcome<IReadOnlyList<Team>>>
{
    public async Task<Outcome<IReadOnlyList<Team>>> Handle(ListTeams request, CancellationToken cancellationToken)
    {
        var members = (await db.Set<TeamMemberRow>().AsNoTracking().ToListAsync(cancellationToken)).ToLookup(row => row.TeamId, row => row.AccountId, StringComparer.Ordinal);
        var teams = await db.Set<TeamRow>().AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellationToken);
        return teams.ConvertAll(row => new Team(row.Id, row.Name, ScopeText.Read(row.Owns).Paths ?? [], [.. members[row.Id]]));
    }
}
