using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Kpis;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Platform.Outbound;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.History;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Dashboards.Reports;

/// <summary>Makes reports that are due, keeps them, and tells their subscribers, all in one transaction.</summary>
internal sealed class ReportMaker(IServiceScopeFactory scopes, PublicAddress address, IStoreProvider provider, FeedSignal signal, TimeProvider time)
{
    /// <summary>How far back a month without a report still gets one.</summary>
    public const int MonthsBack = 12;

    /// <summary>A report that comes later than this after it was due is kept, but nobody is told: it is history.</summary>
    private const long NewsMs = 10 * Instants.DayMs;

    /// <summary>After this a month's objectives are expected to be closed.</summary>
    private const long CloseMs = 5 * Instants.DayMs;

    /// <summary>When a month's report is due: as the first business day after it begins.</summary>
    public static DateTimeOffset DueAt(YearMonth month) => Instants.ToInstant(BusinessCalendar.Default.Add(month.End.ToUnixTimeMilliseconds(), 0));

    /// <summary>Makes the oldest report that is due and not there.</summary>
    /// <returns>Its month; null: none is due, or none has anything to tell.</returns>
    public async Task<YearMonth?> MakeDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var scope = Open();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        if (await scope.ServiceProvider.GetRequiredService<RewrittenHistory>().IsUnderWayAsync(now.ToUnixTimeMilliseconds(), cancellationToken))
        {
            return null;
        }

        var newest = YearMonth.Of(now).Plus(-1);
        var from = newest.Plus(1 - MonthsBack).Number;
        var made = (await db.Set<ReportRow>().Where(row => row.Month >= from).Select(row => row.Month).Distinct().ToListAsync(cancellationToken)).ToHashSet();
        for (var month = newest.Plus(1 - MonthsBack); month <= newest; month = month.Plus(1))
        {
            if (!made.Contains(month.Number) && DueAt(month) <= now && await MakeAsync(scope.ServiceProvider, month, 1, Caller.System.Name, cancellationToken) is not null)
            {
                return month;
            }
        }

        return null;
    }

    /// <summary>Makes one edition and keeps it.</summary>
    /// <returns>Null: there is nothing to tell yet, or another process made it in the same moment.</returns>
    public async Task<ReportRow?> MakeAsync(IServiceProvider services, YearMonth month, int number, string author, CancellationToken cancellationToken)
    {
        var reader = new BoardReportReader(services.GetRequiredService<IDispatcher>(), services.GetRequiredService<KpiMonths>(), time);
        var report = await reader.ReadAsync(month, number, author, cancellationToken);
        var measured = report.Month.Compliance.Any(line => line.Cells[^1].Measured > 0);
        if (!report.HasContent || (number == 1 && measured && !report.Month.IsClosed && time.GetUtcNow().ToUnixTimeMilliseconds() > month.End.ToUnixTimeMilliseconds() + CloseMs))
        {
            return null;
        }

        var (pdf, pages) = BoardReportPdf.Write(report);
        var row = new ReportRow
        {
            Month = month.Number,
            Number = number,
            MadeAtMs = report.MadeAt.ToUnixTimeMilliseconds(),
            Author = author,
            Pages = pages,
            Fingerprint = Convert.ToHexStringLower(SHA256.HashData(pdf)),
            Bytes = pdf.Length,
            Summary = report.Month.Summary.Length <= 4_000 ? report.Month.Summary : report.Month.Summary[..4_000],
            Pdf = pdf,
        };
        return await KeepAsync(services, row, month, cancellationToken) ? row : null;
    }

    private AsyncServiceScope Open()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = Caller.System;
        return scope;
    }

    private async Task<bool> KeepAsync(IServiceProvider services, ReportRow row, YearMonth month, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<OpsDbContext>();
        var outbox = services.GetRequiredService<Outbox>();
        var subscribers = row.MadeAtMs - DueAt(month).ToUnixTimeMilliseconds() <= NewsMs || row.Number > 1
            ? await db.Set<ReportSubscriberRow>().AsNoTracking().ToListAsync(cancellationToken)
            : [];
        db.Add(row);
        foreach (var subscriber in subscribers)
        {
            outbox.Enqueue(Mail(row, month, subscriber));
        }

        db.Announce(row.MadeAtMs, ("reports", "all"));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            signal.Nudge();
            return true;
        }
        catch (DbUpdateException fault) when (provider.IsDuplicateKey(fault))
        {
            // Another process made it in the same moment.
            return false;
        }
    }

    private OutgoingMessage Mail(ReportRow row, YearMonth month, ReportSubscriberRow subscriber)
    {
        var name = month.Start.ToString("MMMM yyyy", System.Globalization.CultureInfo.GetCultureInfo("en-GB"));
        var edition = row.Number == 1 ? "" : $" (edition {row.Number})";
        return new OutgoingMessage
        {
            DedupeKey = $"report/{month}/{row.Number}/{subscriber.Id}",
            Channel = Channel.Email,
            Address = subscriber.Email,
            Subject = $"Board report {name}{edition}",
            Text = $"{row.Summary}\n\nThe report, {row.Pages} pages: {address.Link($"/reports/{month}.pdf?number={row.Number}")}\nThe month on screen: {address.Link($"/executive?month={month}")}\n\nYou get this because {subscriber.Author} subscribed you. To end it: {address.Link("/reports")}",
        };
    }
}
