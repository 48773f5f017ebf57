using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.StatusPages;

namespace OpsDashboard.Application.StatusPages;

/// <summary>What holds for all pages, kept as one setting.</summary>
internal static class StatusSettings
{
    private const string Weights = "status.weights";

    public static async Task<OutageWeights> ReadWeightsAsync(this OpsDbContext db, CancellationToken cancellationToken) =>
        await db.Set<SettingRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Name == Weights, cancellationToken) is { } row
            ? JsonSerializer.Deserialize<OutageWeights>(row.Value, StoreJson.Options)!
            : OutageWeights.Default;

    public static Task PutWeightsAsync(this OpsDbContext db, OutageWeights weights, CancellationToken cancellationToken) =>
        db.PutAsync(Weights, JsonSerializer.Serialize(weights, StoreJson.Options), cancellationToken);

    public static async Task PutAsync(this OpsDbContext db, string name, string value, CancellationToken cancellationToken)
    {
        if (await db.Set<SettingRow>().SingleOrDefaultAsync(row => row.Name == name, cancellationToken) is { } row)
        {
            row.Value = value;
        }
        else
        {
            db.Add(new SettingRow { Name = name, Value = value });
        }
    }
}
