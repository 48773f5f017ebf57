using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Kpis;

namespace OpsDashboard.Application.Kpis.Store;

/// <summary>A KPI with its targets, oldest first, and the values that hold.</summary>
internal sealed record StoredKpi(KpiRow Row, KpiDefinition Definition, IReadOnlyList<KpiAimVersion> Aims, IReadOnlyList<KpiMeasured> Values)
{
    public KpiSeries Series(DateOnly today) => KpiSeries.Of(Definition, Aims, Values, today);
}

/// <summary>Reads KPIs.</summary>
internal static class KpiBook
{
    /// <summary>By platform, in the order of their contracts.</summary>
    /// <param name="id">Null: all.</param>
    /// <param name="since">Values of earlier periods are left out.</param>
    public static async Task<List<StoredKpi>> ReadKpisAsync(this OpsDbContext db, string? id, string? platform, DateOnly since, CancellationToken cancellationToken)
    {
        var rows = await db.Set<KpiRow>().AsNoTracking()
            .Where(row => (id == null || row.Id == id) && (platform == null || row.Platform == platform))
            .OrderBy(row => row.Platform).ThenBy(row => row.CreatedAtMs).ThenBy(row => row.Id)
            .ToListAsync(cancellationToken);
        var aims = (await db.Set<KpiAimRow>().AsNoTracking().Where(row => id == null || row.KpiId == id).OrderBy(row => row.FromDay).ThenBy(row => row.Number).ToListAsync(cancellationToken))
            .ToLookup(row => row.KpiId, StringComparer.Ordinal);
        var from = Day.Number(since);
        var values = (await db.Set<KpiEntryRow>().AsNoTracking()
            .Where(row => row.IsCurrent && row.Start >= from && (id == null || row.KpiId == id))
            .Select(row => new { row.KpiId, row.Start, row.Value, row.Number })
            .ToListAsync(cancellationToken))
            .Where(row => row.Value is not null)
            .ToLookup(row => row.KpiId, row => new KpiMeasured(Day.Of(row.Start), row.Value!.Value, row.Number == 0), StringComparer.Ordinal);
        return rows.ConvertAll(row => new StoredKpi(row, Read(row), [.. aims[row.Id].Select(aim => new KpiAimVersion(Day.Of(aim.FromDay), Read(aim)))], [.. values[row.Id]]));
    }

    public static KpiDefinition Read(KpiRow row) => KpiJson.Read<KpiDefinition>(row.Definition);

    public static KpiAim Read(KpiAimRow row) => KpiJson.Read<KpiAim>(row.Aim);
}

/// <summary>Definitions and targets as they are stored.</summary>
internal static class KpiJson
{
    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, StoreJson.Options) ?? throw new InvalidDataException("A KPI is stored as nothing.");

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, StoreJson.Options);
}

/// <summary>Days as stored.</summary>
internal static class Day
{
    public static int Number(DateOnly day) => (day.Year * 10_000) + (day.Month * 100) + day.Day;

    public static DateOnly Of(int number) => new(number / 10_000, number / 100 % 100, number % 100);

    public static DateOnly Today(this TimeProvider time) => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
}
