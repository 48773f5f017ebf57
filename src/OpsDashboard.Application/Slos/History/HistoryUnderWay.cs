using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Slos.History;

/// <summary>The note that whole hours are being written by some process: a setting with the instant it was last said.</summary>
internal static class HistoryUnderWay
{
    private const string Name = "history.underWay";

    /// <summary>A writer that died leaves its note behind; months are not to wait for it for ever.</summary>
    public static TimeSpan HoldsFor => TimeSpan.FromMinutes(5);

    public static async Task<bool> IsHistoryUnderWayAsync(this OpsDbContext db, long nowMs, CancellationToken cancellationToken)
    {
        var row = await db.Set<SettingRow>().AsNoTracking().SingleOrDefaultAsync(setting => setting.Name == Name, cancellationToken);
        return row is not null
            && Math.Abs(nowMs - long.Parse(row.Value, CultureInfo.InvariantCulture)) < HoldsFor.TotalMilliseconds;
    }

    /// <summary>Saves nothing by itself.</summary>
    public static async Task PutHistoryUnderWayAsync(this OpsDbContext db, long nowMs, CancellationToken cancellationToken)
    {
        var value = nowMs.ToString(CultureInfo.InvariantCulture);
        if (await db.Set<SettingRow>().SingleOrDefaultAsync(setting => setting.Name == Name, cancellationToken) is { } row)
        {
            row.Value = value;
        }
        else
        {
            db.Add(new SettingRow { Name = Name, Value = value });
        }
    }

    public static Task ClearHistoryUnderWayAsync(this OpsDbContext db, CancellationToken cancellationToken) =>
        db.Set<SettingRow>().Where(row => row.Name == Name).ExecuteDeleteAsync(cancellationToken);
}
