using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Agreements.Store;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Application.Telemetry.Retention;

namespace OpsDashboard.Application.Agreements.Statements;

/// <summary>Keeps minutes until the statements of their month are drawn up.</summary>
internal sealed class StatementHold(IServiceScopeFactory scopes) : IMinuteHold
{
    public async Task<int> HoldFromHourAsync(long nowMs, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        if (!await db.Set<AgreementRow>().AnyAsync(cancellationToken))
        {
            return int.MaxValue;
        }

        var closed = await db.Set<SettingRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Name == StatementClose.ClosedThrough, cancellationToken);
        return closed is null
            ? 0
            : (int)(YearMonth.FromNumber(int.Parse(closed.Value, System.Globalization.CultureInfo.InvariantCulture)).End.ToUnixTimeMilliseconds() / Instants.HourMs);
    }
}
