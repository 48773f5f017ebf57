using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Audit.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Audit;

namespace OpsDashboard.Application.Audit.Reading;

/// <summary>Entries that match, the newest first.</summary>
public sealed record ListAudit : IQuery<AuditEntries>
{
    public const int MostEntries = 500;

    public static Access Access => Access.ReadAudit;

    /// <summary>An object and everything below it: <c>mlops/api</c> finds <c>mlops/api/uptime</c> too.</summary>
    public string? Object { get; init; }

    public string? Actor { get; init; }

    public string? Action { get; init; }

    public AuditOutcome? Outcome { get; init; }

    /// <summary>Words that stand anywhere in an entry.</summary>
    public string? Text { get; init; }

    /// <summary>[from, to).</summary>
    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    /// <summary>Only entries before this one.</summary>
    public long? Before { get; init; }

    /// <summary>1 to <see cref="MostEntries"/>.</summary>
    public int Limit { get; init; } = 100;
}

/// <param name="Next">As <see cref="ListAudit.Before"/> of the next page; null: there is none.</param>
public sealed record AuditEntries(IReadOnlyList<AuditEntry> Entries, long? Next);

public sealed record AuditEntry(long Sequence, DateTimeOffset At, string Actor, string Action, string? Object, AuditOutcome Outcome, string Body, string Hash);

internal sealed class ListAuditHandler(OpsDbContext db) : IRequestHandler<ListAudit, Outcome<AuditEntries>>
{
    private const int MaxTextLength = 200;

    public async Task<Outcome<AuditEntries>> Handle(ListAudit request, CancellationToken cancellationToken)
    {
        if (request.Limit is < 1 or > ListAudit.MostEntries)
        {
            return Failure.Invalid("/limit", "limit.range", $"limit must be between 1 and {ListAudit.MostEntries}.");
        }

        if (request.Text?.Length > MaxTextLength)
        {
            return Failure.Invalid("/text", "text.tooLong", $"At most {MaxTextLength} characters are searched for.");
        }

        var rows = await Matching(request).OrderByDescending(entry => entry.Sequence).Take(request.Limit + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(request.Limit).Select(entry => new AuditEntry(
            entry.Sequence, Instants.ToInstant(entry.AtMs), entry.Actor, entry.Action, entry.Object, entry.Outcome, entry.Body, entry.Hash)).ToList();
        return new AuditEntries(shown, rows.Count > request.Limit ? shown[^1].Sequence : null);
    }

    private IQueryable<AuditEntryRow> Matching(ListAudit request)
    {
        var rows = db.Set<AuditEntryRow>().AsNoTracking();
        if (request.Before is { } before)
        {
            rows = rows.Where(entry => entry.Sequence < before);
        }

        if (!string.IsNullOrEmpty(request.Object))
        {
            var below = request.Object + "/";
            rows = rows.Where(entry => entry.Object == request.Object || entry.Object!.StartsWith(below));
        }

        if (!string.IsNullOrEmpty(request.Actor))
        {
            rows = rows.Where(entry => entry.Actor == request.Actor);
        }

        if (!string.IsNullOrEmpty(request.Action))
        {
            rows = rows.Where(entry => entry.Action == request.Action);
        }

        if (request.Outcome is { } outcome)
        {
            rows = rows.Where(entry => entry.Outcome == outcome);
        }

        if (!string.IsNullOrEmpty(request.Text))
        {
            rows = rows.Where(entry => entry.Body.Contains(request.Text));
        }

        if (request.From is { } from)
        {
            var fromMs = from.ToUnixTimeMilliseconds();
            rows = rows.Where(entry => entry.AtMs >= fromMs);
        }

        if (request.To is { } to)
        {
            var toMs = to.ToUnixTimeMilliseconds();
            rows = rows.Where(entry => entry.AtMs < toMs);
        }

        return rows;
    }
}
