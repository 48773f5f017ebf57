using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.StatusPages.Store;

namespace OpsDashboard.Application.StatusPages.Subscriptions;

/// <summary>Writes what subscribers are to be told into the transaction of its cause.</summary>
internal sealed class StatusNotices(OpsDbContext db)
{
    /// <param name="cause">Unique; what was told once is not told again.</param>
    /// <param name="payload">What webhooks get besides who it is for.</param>
    public async Task WriteAsync(string cause, IReadOnlyList<string> platforms, string subject, string text, string path, object payload, long now, CancellationToken cancellationToken)
    {
        if (await db.Set<StatusNoticeRow>().AnyAsync(row => row.Cause == cause, cancellationToken))
        {
            return;
        }

        db.Add(new StatusNoticeRow
        {
            Cause = cause,
            Platforms = string.Join(' ', platforms),
            Subject = subject.Length <= 300 ? subject : subject[..300],
            Text = text,
            Path = path,
            Payload = JsonSerializer.Serialize(payload, StoreJson.Options),
            CreatedAtMs = now,
        });
        db.AnnounceStatus(now, platforms);
    }
}
