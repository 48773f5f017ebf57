using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Catalog.Store;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Catalog;

/// <param name="SeriesId">Number its telemetry is stored under.</param>
public sealed record StoredSli(int SeriesId, SliDefinition Definition);

/// <summary>The SLIs and services in the store. Changes are saved by the caller, who also announces them.</summary>
public static partial class StoredSlis
{
    public const string NameRule = "1 to 63 letters, digits, hyphens, dots or underscores, with a letter or digit at both ends.";

    /// <summary>Whether a text may be a part of a path.</summary>
    public static bool IsName(string? text) => text is not null && Name().IsMatch(text);

    internal static async Task<IReadOnlyList<StoredSli>> ListSlisAsync(this OpsDbContext db, CancellationToken cancellationToken)
    {
        var rows = await db.Set<SliRow>().AsNoTracking().OrderBy(row => row.Path).ToListAsync(cancellationToken);
        return [.. rows.Select(Read)];
    }

    internal static async Task<StoredSli?> FindSliAsync(this OpsDbContext db, string path, CancellationToken cancellationToken)
    {
        var row = await db.Set<SliRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Path == path, cancellationToken);
        return row is null ? null : Read(row);
    }

    /// <summary>Paths platform/service of all services.</summary>
    internal static async Task<IReadOnlyList<string>> ListServicePathsAsync(this OpsDbContext db, CancellationToken cancellationToken) =>
        await db.Set<ServiceRow>().AsNoTracking().OrderBy(row => row.Path).Select(row => row.Path).ToListAsync(cancellationToken);

    /// <summary>Adds the SLI or replaces its definition, and its service where there is none yet; saves, so that the SLI has its number.</summary>
    internal static async Task<StoredSli> PutSliAsync(this OpsDbContext db, SliDefinition definition, CancellationToken cancellationToken)
    {
        var service = $"{definition.Platform}/{definition.Service}";
        if (!await db.Set<ServiceRow>().AnyAsync(row => row.Path == service, cancellationToken))
        {
            db.Add(new ServiceRow { Path = service, Platform = definition.Platform, Name = definition.Service, DisplayName = definition.Service });
        }

        var json = JsonSerializer.Serialize(definition, StoreJson.Options);
        var row = await db.Set<SliRow>().SingleOrDefaultAsync(row => row.Path == definition.Id, cancellationToken);
        if (row is null)
        {
            row = new SliRow
            {
                Path = definition.Id,
                Platform = definition.Platform,
                Service = definition.Service,
                Name = definition.Name,
                Kind = definition.Kind,
                Definition = json,
                EditedByUser = true,
            };
            db.Add(row);
        }
        else
        {
            row.Kind = definition.Kind;
            row.Definition = json;
            row.EditedByUser = true;
        }

        await db.SaveChangesAsync(cancellationToken);
        return new StoredSli(row.Id, definition);
    }

    private static StoredSli Read(SliRow row) => new(row.Id, JsonSerializer.Deserialize<SliDefinition>(row.Definition, StoreJson.Options)!);

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Name();
}
