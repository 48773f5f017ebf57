using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.StatusPages.Recording;
using OpsDashboard.Application.StatusPages.Store;

namespace OpsDashboard.Application.StatusPages;

/// <summary>A history that comes from elsewhere, in the caller's transaction.</summary>
public sealed class StatusRecord
{
    private readonly OpsDbContext db;
    private readonly StatusRecorder recorder;

    internal StatusRecord(OpsDbContext db, StatusRecorder recorder) => (this.db, this.recorder) = (db, recorder);

    /// <summary>Lets the components of these platforms have a history from an instant on; the worker records all days anew from what is known of them.</summary>
    public async Task ReachBackAsync(IReadOnlyCollection<string> platforms, long sinceMs, long nowMs, CancellationToken cancellationToken)
    {
        await recorder.StepAsync(nowMs, cancellationToken);
        foreach (var component in await db.Set<ComponentRow>().Where(row => platforms.Contains(row.Platform) && row.SinceMs > sinceMs).ToListAsync(cancellationToken))
        {
            component.SinceMs = sinceMs;
        }

        await db.PutAsync(StatusRecorder.RecordedThrough, "0", cancellationToken);
        db.AnnounceStatus(nowMs, platforms);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Forgets all days before an instant.</summary>
    public async Task ForgetAsync(IReadOnlyCollection<string> platforms, long beforeMs, CancellationToken cancellationToken)
    {
        var components = await db.Set<ComponentRow>().Where(row => platforms.Contains(row.Platform) && row.SinceMs < beforeMs).ToListAsync(cancellationToken);
        var ids = components.ConvertAll(component => component.Id);
        await db.Set<ComponentDayRow>().Where(row => ids.Contains(row.ComponentId)).ExecuteDeleteAsync(cancellationToken);
        foreach (var component in components)
        {
            component.SinceMs = beforeMs;
        }

        await db.PutAsync(StatusRecorder.RecordedThrough, "0", cancellationToken);
        db.AnnounceStatus(beforeMs, platforms);
        await db.SaveChangesAsync(cancellationToken);
    }
}
