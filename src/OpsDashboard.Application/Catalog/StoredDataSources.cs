using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Catalog.Store;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Catalog;

/// <param name="Settings">JSON that only the reader of the source's type understands; null: its defaults.</param>
public sealed record StoredDataSource(int Id, DataSourceDefinition Definition, string? Settings);

/// <summary>The data sources in the store. Changes are saved by the caller, who also announces them.</summary>
public static class StoredDataSources
{
    internal static async Task<IReadOnlyList<StoredDataSource>> ListDataSourcesAsync(this OpsDbContext db, CancellationToken cancellationToken)
    {
        var rows = await db.Set<DataSourceRow>().AsNoTracking().OrderBy(row => row.Path).ToListAsync(cancellationToken);
        return [.. rows.Select(Read)];
    }

    internal static async Task<StoredDataSource?> FindDataSourceAsync(this OpsDbContext db, string path, CancellationToken cancellationToken)
    {
        var row = await db.Set<DataSourceRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Path == path, cancellationToken);
        return row is null ? null : Read(row);
    }

    /// <summary>Adds the source or replaces what it was.</summary>
    internal static async Task PutDataSourceAsync(this OpsDbContext db, DataSourceDefinition definition, string? settings, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(definition, StoreJson.Options);
        var row = await db.Set<DataSourceRow>().SingleOrDefaultAsync(row => row.Path == definition.Id, cancellationToken);
        if (row is null)
        {
            db.Add(new DataSourceRow { Path = definition.Id, Platform = definition.Platform, Name = definition.Name, Definition = json, Settings = settings });
            return;
        }

        row.Definition = json;
        row.Settings = settings;
    }

    /// <returns>Whether there was one.</returns>
    internal static async Task<bool> RemoveDataSourceAsync(this OpsDbContext db, string path, CancellationToken cancellationToken) =>
        await db.Set<DataSourceRow>().Where(row => row.Path == path).ExecuteDeleteAsync(cancellationToken) == 1;

    private static StoredDataSource Read(DataSourceRow row) =>
        new(row.Id, JsonSerializer.Deserialize<DataSourceDefinition>(row.Definition, StoreJson.Options)!, row.Settings);
}
