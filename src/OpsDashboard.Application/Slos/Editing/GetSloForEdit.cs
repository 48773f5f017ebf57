using MediatR;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Revisions;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Editing;

/// <summary>An objective with its newest version, to be changed, and all versions before it.</summary>
public sealed record GetSloForEdit(string Id) : IQuery<SloForEdit>, IScoped
{
    public static Access Access => Access.View;

    Touches IScoped.Touches => Touches.One(Touched.Of(Id));
}

public sealed record SloForEdit
{
    public required string Id { get; init; }

    /// <summary>The newest version, which an edit must name; it may not be in force yet.</summary>
    public required int Version { get; init; }

    /// <summary>The version that is judged by now.</summary>
    public required int VersionInForce { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required SloDefinition Definition { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<SloVersion> Versions { get; init; }

    public SloTerms Terms => Versions[0].Terms;
}

/// <param name="ByUser">False: a catalog brought it.</param>
public sealed record SloVersion(
    int Version,
    DateTimeOffset EffectiveFrom,
    DateTimeOffset CreatedAt,
    string Author,
    string Reason,
    bool ByUser,
    SloTerms Terms);

internal sealed class GetSloForEditHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<GetSloForEdit, Outcome<SloForEdit>>
{
    public async Task<Outcome<SloForEdit>> Handle(GetSloForEdit request, CancellationToken cancellationToken)
    {
        if (await db.FindSloAsync(request.Id, cancellationToken) is not { } row)
        {
            return Failure.NotFound($"Objective {request.Id}");
        }

        var newest = row.Revisions.MaxBy(revision => revision.Version)!;
        return new SloForEdit
        {
            Id = row.Path,
            Version = row.Version,
            VersionInForce = row.InForceAt(time.NowMs()).Version,
            CreatedAt = Instants.ToInstant(row.CreatedAtMs),
            Definition = newest.Read(),
            Versions = [.. row.Revisions.OrderByDescending(revision => revision.Version).Select(ToVersion)],
        };
    }

    private static SloVersion ToVersion(SloRevisionRow revision) => new(
        revision.Version,
        Instants.ToInstant(revision.EffectiveFromMs),
        Instants.ToInstant(revision.CreatedAtMs),
        revision.Author,
        revision.Reason,
        revision.ByUser,
        SloTerms.Of(revision.Read()));
}
