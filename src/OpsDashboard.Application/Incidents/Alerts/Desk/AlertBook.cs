using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Incidents.Alerts.Desk;

/// <summary>What the store knows of the alerts a transaction speaks of, read at once and kept up while it works.</summary>
internal sealed class AlertBook
{
    private const int PageSize = 400;

    private readonly Dictionary<string, AlertRow> open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<AlertOccurrenceRow>> occurrences = new(StringComparer.Ordinal);
    private readonly OpsDbContext db;

    private AlertBook(OpsDbContext db) => this.db = db;

    public static async Task<AlertBook> ReadAsync(OpsDbContext db, IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        var book = new AlertBook(db);
        foreach (var page in keys.Distinct(StringComparer.Ordinal).Chunk(PageSize))
        {
            foreach (var alert in await db.Set<AlertRow>().Where(row => page.Contains(row.OpenKey)).ToListAsync(cancellationToken))
            {
                book.open[alert.Key] = alert;
            }

            foreach (var occurrence in await db.Set<AlertOccurrenceRow>().Where(row => page.Contains(row.Key)).ToListAsync(cancellationToken))
            {
                book.Of(occurrence.Key).Add(occurrence);
            }
        }

        return book;
    }

    public AlertRow? Open(string key) => open.GetValueOrDefault(key);

    public IReadOnlyList<KnownOccurrence> Known(string key) =>
        [.. Of(key).Select(row => new KnownOccurrence(row.StartsAtMs, row.EndsAtMs, row.EndSeenAtMs))];

    public AlertOccurrenceRow? Occurrence(string key, long startsAtMs) =>
        Of(key).Where(row => row.StartsAtMs == startsAtMs).MinBy(row => row.EndsAtMs is null ? 0 : 1);

    public void Add(AlertRow alert)
    {
        open[alert.Key] = alert;
        db.Add(alert);
    }

    /// <param name="alert">Null: only the end of it is known.</param>
    public void AddOccurrence(string key, AlertRow? alert, long startsAtMs, long? endsAtMs, long nowMs)
    {
        var row = new AlertOccurrenceRow
        {
            Key = key,
            Alert = alert,
            StartsAtMs = startsAtMs,
            EndsAtMs = endsAtMs,
            EndSeenAtMs = endsAtMs is null ? null : nowMs,
            FirstSeenAtMs = nowMs,
        };
        Of(key).Add(row);
        db.Add(row);
    }

    /// <returns>Whether nothing of the alert is open any more.</returns>
    public bool Close(string key, IEnumerable<KnownOccurrence> closed, long endsAtMs, long nowMs)
    {
        var starts = closed.Select(occurrence => occurrence.StartsAtMs).ToHashSet();
        foreach (var row in Of(key).Where(row => row.EndsAtMs is null && starts.Contains(row.StartsAtMs)))
        {
            (row.EndsAtMs, row.EndSeenAtMs) = (Math.Max(endsAtMs, row.StartsAtMs), nowMs);
        }

        if (Of(key).Exists(row => row.EndsAtMs is null) || !open.Remove(key, out var alert))
        {
            return false;
        }

        (alert.OpenKey, alert.ResolvedAtMs) = (null, nowMs);
        return true;
    }

    private List<AlertOccurrenceRow> Of(string key) => occurrences.TryGetValue(key, out var found) ? found : occurrences[key] = [];
}
