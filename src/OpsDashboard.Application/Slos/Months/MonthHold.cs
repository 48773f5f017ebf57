using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Application.Telemetry.Retention;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Months;

/// <summary>
/// Keeps minutes until their month is closed, and as long as a running window counts slices, which sums of hours cannot give.
/// </summary>
internal sealed class MonthHold(IServiceScopeFactory scopes, StatusBoard board) : IMinuteHold
{
    /// <summary>Setting: number of the newest month up to which everything with data is closed.</summary>
    public const string ClosedThrough = "months.closedThrough";

    public async Task<int> HoldFromHourAsync(long nowMs, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var closed = await db.Set<SettingRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Name == ClosedThrough, cancellationToken);
        if (closed is null)
        {
            return 0;
        }

        var month = YearMonth.FromNumber(int.Parse(closed.Value, System.Globalization.CultureInfo.InvariantCulture));
        var fromMs = month.End.ToUnixTimeMilliseconds();
        foreach (var status in board.All.Where(status => status.BudgetingMethod != BudgetingMethod.Occurrences || status.Kind is SliKind.Value or SliKind.Freshness))
        {
            fromMs = Math.Min(fromMs, status.WindowStart.ToUnixTimeMilliseconds());
        }

        return (int)(fromMs / Instants.HourMs);
    }
}
