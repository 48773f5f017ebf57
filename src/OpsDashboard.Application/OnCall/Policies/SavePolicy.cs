using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.OnCall.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.OnCall.Policies;

/// <summary>Adds or changes an escalation policy. Incidents that are open take the new levels at their next step.</summary>
public sealed record SavePolicy : ICommand<PolicySummary>
{
    public const int MaxPolicies = 200;

    public static Access Access => Access.Administer;

    /// <summary>Null: a new one; the id comes from the name.</summary>
    public string? Id { get; init; }

    /// <summary>The version the change was made from; not for a new one.</summary>
    public int? ExpectedVersion { get; init; }

    public required string Name { get; init; }

    public required int Repeats { get; init; }

    public required IReadOnlyList<EscalationLevel> Levels { get; init; }

    public IReadOnlyList<PolicyScope> Scopes { get; init; } = [];
}

internal sealed class SavePolicyHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<SavePolicy, Outcome<PolicySummary>>
{
    public async Task<Outcome<PolicySummary>> Handle(SavePolicy request, CancellationToken cancellationToken)
    {
        var faults = new List<Fault>();
        PolicyRules.Check(request.Name, request.Repeats, request.Levels, request.Scopes, faults);
        if (faults.Count > 0)
        {
            return Failure.Invalid(faults);
        }

        var now = time.NowMs();
        var row = request.Id is null ? await AddAsync(request, now, cancellationToken) : await FindAsync(request, cancellationToken);
        if (row.Failure is { } failure)
        {
            return failure;
        }

        Write(row.Value, request, now);
        db.AnnounceOnCall(now);
        await db.SaveChangesAsync(cancellationToken);
        return ListPoliciesHandler.Describe(row.Value);
    }

    private void Write(PolicyRow row, SavePolicy request, long now)
    {
        row.Name = request.Name.Trim();
        row.Repeats = request.Repeats;
        row.Levels = JsonSerializer.Serialize(request.Levels, StoreJson.Options);
        row.Scopes = JsonSerializer.Serialize(request.Scopes, StoreJson.Options);
        row.Author = caller.Current.Name;
        row.UpdatedAtMs = now;
        row.Version++;
    }

    private async Task<Outcome<PolicyRow>> FindAsync(SavePolicy request, CancellationToken cancellationToken)
    {
        if (await db.Set<PolicyRow>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken) is not { } row)
        {
            return Failure.NotFound($"The policy \"{request.Id}\"");
        }

        return row.Version == request.ExpectedVersion
            ? row
            : Failure.Outdated($"{row.Author} changed it meanwhile.", [new Fault("/version", "version.current", $"It is at version {row.Version} now.")]);
    }

    private async Task<Outcome<PolicyRow>> AddAsync(SavePolicy request, long now, CancellationToken cancellationToken)
    {
        var taken = (await db.Set<PolicyRow>().Select(row => row.Id).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        if (taken.Count >= SavePolicy.MaxPolicies)
        {
            return Failure.Conflict($"There are {SavePolicy.MaxPolicies} policies already.");
        }

        var row = new PolicyRow
        {
            Id = Slug.Free(request.Name, "policy", taken),
            Name = "",
            Path = EscalationPath.Technical,
            Repeats = 0,
            Levels = "[]",
            Scopes = "[]",
            Version = 0,
            Author = "",
            UpdatedAtMs = now,
        };
        db.Add(row);
        return row;
    }
}

/// <summary>What must hold of a policy before it is stored or tried.</summary>
internal static class PolicyRules
{
    public static void Check(string? name, int repeats, IReadOnlyList<EscalationLevel>? levels, IReadOnlyList<PolicyScope>? scopes, List<Fault> faults)
    {
        CheckText(name, "/name", 100, faults);
        if (repeats is < 0 or > EscalationPolicy.MaxRepeats)
        {
            faults.Add(new Fault("/repeats", "repeats.range", $"0 to {EscalationPolicy.MaxRepeats}."));
        }

        if (scopes is null || scopes.Count > PolicyScope.MaxScopes || scopes.Any(scope => scope is null || TooLong(scope)))
        {
            faults.Add(new Fault("/scopes", "scopes.count", $"At most {PolicyScope.MaxScopes}, each with a platform, a service, a severity, or none of them."));
        }

        if (levels is not { Count: >= 1 and <= EscalationPolicy.MaxLevels } || levels.Any(level => level?.Targets is null))
        {
            faults.Add(new Fault("/levels", "levels.count", $"1 to {EscalationPolicy.MaxLevels} levels."));
            return;
        }

        for (var index = 0; index < levels.Count; index++)
        {
            CheckLevel(levels[index], $"/levels/{index}", faults);
        }
    }

    private static bool TooLong(PolicyScope scope) => scope.Platform?.Length > 63 || scope.Service?.Length > 63 || scope.Severity?.Length > 40;

    private static void CheckLevel(EscalationLevel level, string pointer, List<Fault> faults)
    {
        CheckText(level.Name, $"{pointer}/name", 100, faults);
        if (level.DelaySeconds is < 0 or > EscalationLevel.MaxDelaySeconds)
        {
            faults.Add(new Fault($"{pointer}/delaySeconds", "delay.range", "From at once to seven days."));
        }

        if (level.Targets is not { Count: >= 1 and <= EscalationLevel.MaxTargets })
        {
            faults.Add(new Fault($"{pointer}/targets", "targets.count", $"1 to {EscalationLevel.MaxTargets} targets."));
        }
        else if (level.Targets.Any(target => target is null || (target.Kind == TargetKind.Everyone ? target.Id is not null : !IsId(target))))
        {
            faults.Add(new Fault($"{pointer}/targets", "targets.id", "A person, role or rotation (schedule/position) by its id; everyone without one."));
        }
    }

    private static bool IsId(EscalationTarget target) =>
        target.Kind == TargetKind.Rotation ? target.Id is { Length: <= 127 } id && id.Split('/') is { Length: 1 or 2 } parts && parts.All(Slug.IsOne) : Slug.IsOne(target.Id);

    private static void CheckText(string? text, string pointer, int max, List<Fault> faults)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > max)
        {
            faults.Add(new Fault(pointer, "name.length", $"1 to {max} characters."));
        }
    }
}
