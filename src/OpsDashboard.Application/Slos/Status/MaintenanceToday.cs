using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Store;

namespace OpsDashboard.Application.Slos.Status;

/// <param name="Service">Null: the whole platform.</param>
/// <param name="Active">It runs now.</param>
public sealed record MaintenanceOfDay(string Platform, string? Service, DateTimeOffset Start, DateTimeOffset End, string Reason, bool Active);

/// <summary>
/// Today's planned maintenance, read once per day and change for the whole process. The same instance is answered until a
/// window begins, ends or changes.
/// </summary>
public sealed class MaintenanceToday(IServiceScopeFactory scopes) : IFeedListener
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private volatile Windows? read;
    private volatile Told? told;

    Task IFeedListener.OnNoticesAsync(IReadOnlyList<Notice> notices, CancellationToken cancellationToken)
    {
        if (notices.Any(notice => notice.Topic == "maintenance"))
        {
            read = null;
        }

        return Task.CompletedTask;
    }

    Task IFeedListener.RefreshAsync(CancellationToken cancellationToken)
    {
        read = null;
        return Task.CompletedTask;
    }

    /// <summary>Windows that touch the day in UTC of <paramref name="now"/>, earliest first.</summary>
    public async Task<IReadOnlyList<MaintenanceOfDay>> ListAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var windows = read;
        if (windows is null || windows.Day != today)
        {
            windows = new Windows(today, await ReadAsync(today, cancellationToken));
            read = windows;
        }

        var last = told;
        if (last is not null && last.Of == windows && now >= last.From && now < last.Until)
        {
            return last.List;
        }

        last = Tell(windows, now);
        told = last;
        return last.List;
    }

    /// <summary>Good from now until the next window begins or ends.</summary>
    private static Told Tell(Windows windows, DateTimeOffset now)
    {
        var edges = windows.Rows.SelectMany(window => new[] { window.Start, window.End }).Where(edge => edge > now);
        return new Told(
            windows,
            now,
            edges.Append(DateTimeOffset.MaxValue).Min(),
            [.. windows.Rows.Select(window => window with { Active = window.Start <= now && now < window.End })]);
    }

    private async Task<List<MaintenanceOfDay>> ReadAsync(DateTimeOffset today, CancellationToken cancellationToken)
    {
        var from = today.ToUnixTimeMilliseconds();
        var to = (today + Day).ToUnixTimeMilliseconds();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var rows = await db.Set<MaintenanceRow>().AsNoTracking()
            .Where(row => row.StartMs < to && row.EndMs > from)
            .OrderBy(row => row.StartMs).ThenBy(row => row.Id)
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new MaintenanceOfDay(
            row.Platform,
            row.Service,
            DateTimeOffset.FromUnixTimeMilliseconds(row.StartMs),
            DateTimeOffset.FromUnixTimeMilliseconds(row.EndMs),
            row.Reason,
            Active: false));
    }

    private sealed record Windows(DateTimeOffset Day, List<MaintenanceOfDay> Rows);

    private sealed record Told(Windows Of, DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<MaintenanceOfDay> List);
}
