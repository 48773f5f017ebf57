using System.Net.Mail;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Months;

namespace OpsDashboard.Application.Dashboards.Reports;

/// <summary>The board reports that were made, newest month first, with who gets them.</summary>
public sealed record ListReports : IQuery<ReportShelf>
{
    public static Access Access => Access.ReadReports;
}

/// <param name="Next">The month whose report is due next, and when.</param>
public sealed record ReportShelf(IReadOnlyList<ReportBrief> Reports, IReadOnlyList<ReportSubscriber> Subscribers, string Next, DateTimeOffset NextDueAt);

/// <param name="Fingerprint">SHA-256 of the file, in hexadecimal.</param>
public sealed record ReportBrief(string Month, int Number, DateTimeOffset MadeAt, string Author, int Pages, int Bytes, string Fingerprint, string Summary);

public sealed record ReportSubscriber(int Id, string Name, string Email, string Author, DateTimeOffset Since);

/// <summary>One report as it was made.</summary>
/// <param name="Month">As 2026-11.</param>
/// <param name="Number">Null: the newest edition.</param>
public sealed record GetReport(string Month, int? Number = null) : IQuery<ReportFile>
{
    public static Access Access => Access.ReadReports;
}

public sealed record ReportFile(ReportBrief Report, byte[] Pdf);

/// <summary>Makes a further edition of a month that is over; what was made before stays.</summary>
/// <param name="Month">As 2026-11.</param>
public sealed record MakeReport(string Month) : ICommand<ReportBrief>
{
    public const int MaxEditions = 20;

    public static Access Access => Access.EditKpis;
}

/// <summary>Has somebody told by mail whenever a report is made.</summary>
public sealed record SubscribeToReports(string Name, string Email) : ICommand<ReportSubscriber>
{
    public const int Most = 200;

    public static Access Access => Access.ReadReports;
}

public sealed record UnsubscribeFromReports(int Id) : ICommand<Done>
{
    public static Access Access => Access.ReadReports;
}

internal sealed class SubscribeToReportsValidator : AbstractValidator<SubscribeToReports>
{
    public SubscribeToReportsValidator()
    {
        RuleFor(request => request.Name).Must(name => !string.IsNullOrWhiteSpace(name) && name.Length <= 100).WithErrorCode("name.length").WithMessage("1 to 100 characters.");
        RuleFor(request => request.Email).Must(email => email.Length <= 254 && MailAddress.TryCreate(email, out var address) && address.Address == email.Trim())
            .WithErrorCode("email.address").WithMessage("An address such as board@example.org.");
    }
}

internal sealed class ListReportsHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<ListReports, Outcome<ReportShelf>>
{
    public async Task<Outcome<ReportShelf>> Handle(ListReports request, CancellationToken cancellationToken)
    {
        if (!caller.Current.ScopeOf(ListReports.Access).IsEverything)
        {
            return ReportReach.Refusal;
        }

        var reports = await db.Set<ReportRow>().AsNoTracking()
            .OrderByDescending(row => row.Month).ThenByDescending(row => row.Number)
            .Select(row => new { row.Month, row.Number, row.MadeAtMs, row.Author, row.Pages, row.Bytes, row.Fingerprint, row.Summary })
            .ToListAsync(cancellationToken);
        var subscribers = await db.Set<ReportSubscriberRow>().AsNoTracking().OrderBy(row => row.Name).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        var next = YearMonth.Of(time.GetUtcNow());
        if (ReportMaker.DueAt(next.Plus(-1)) > time.GetUtcNow())
        {
            next = next.Plus(-1);
        }

        return new ReportShelf(
            reports.ConvertAll(row => new ReportBrief(YearMonth.FromNumber(row.Month).ToString(), row.Number, Instants.ToInstant(row.MadeAtMs), row.Author, row.Pages, row.Bytes, row.Fingerprint, row.Summary)),
            subscribers.ConvertAll(ReportReach.Tell),
            next.ToString(),
            ReportMaker.DueAt(next));
    }
}

internal sealed class GetReportHandler(OpsDbContext db, CallerContext caller) : IRequestHandler<GetReport, Outcome<ReportFile>>
{
    public async Task<Outcome<ReportFile>> Handle(GetReport request, CancellationToken cancellationToken)
    {
        if (!caller.Current.ScopeOf(GetReport.Access).IsEverything)
        {
            return ReportReach.Refusal;
        }

        if (!YearMonth.TryParse(request.Month, out var month))
        {
            return Failure.Invalid("/month", "month.format", "A month is written as 2026-11.");
        }

        var number = month.Number;
        var row = await db.Set<ReportRow>().AsNoTracking()
            .Where(one => one.Month == number && (request.Number == null || one.Number == request.Number))
            .OrderByDescending(one => one.Number)
            .FirstOrDefaultAsync(cancellationToken);
        return row is null ? Failure.NotFound($"A board report of {month}") : new ReportFile(ReportReach.Tell(row), row.Pdf);
    }
}

internal sealed class MakeReportHandler(OpsDbContext db, ReportMaker maker, CallerContext caller, IServiceProvider services, TimeProvider time) : IRequestHandler<MakeReport, Outcome<ReportBrief>>
{
    public async Task<Outcome<ReportBrief>> Handle(MakeReport request, CancellationToken cancellationToken)
    {
        if (!YearMonth.TryParse(request.Month, out var month) || month.End > time.GetUtcNow())
        {
            return Failure.Invalid("/month", "month.over", "A month that is over, written as 2026-11.");
        }

        var number = month.Number;
        var newest = await db.Set<ReportRow>().Where(row => row.Month == number).MaxAsync(row => (int?)row.Number, cancellationToken) ?? 0;
        if (newest >= MakeReport.MaxEditions)
        {
            return Failure.Conflict($"There are {MakeReport.MaxEditions} editions of this month already.");
        }

        return await maker.MakeAsync(services, month, newest + 1, caller.Current.Name, cancellationToken) is { } row
            ? ReportReach.Tell(row)
            : Failure.Conflict("There is nothing to report of this month yet, or its objectives are not closed.");
    }
}

internal sealed class SubscribeToReportsHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<SubscribeToReports, Outcome<ReportSubscriber>>
{
    public async Task<Outcome<ReportSubscriber>> Handle(SubscribeToReports request, CancellationToken cancellationToken)
    {
        var email = request.Email.Trim().ToLowerInvariant();
        if (await db.Set<ReportSubscriberRow>().AnyAsync(row => row.Email == email, cancellationToken))
        {
            return Failure.Conflict("This address gets the reports already.");
        }

        if (await db.Set<ReportSubscriberRow>().CountAsync(cancellationToken) >= SubscribeToReports.Most)
        {
            return Failure.Conflict($"There are {SubscribeToReports.Most} subscribers already.");
        }

        var row = new ReportSubscriberRow { Email = email, Name = request.Name.Trim(), Author = caller.Current.Name, CreatedAtMs = time.NowMs() };
        db.Add(row);
        db.Announce(row.CreatedAtMs, ("reports", "all"));
        await db.SaveChangesAsync(cancellationToken);
        return ReportReach.Tell(row);
    }
}

internal sealed class UnsubscribeFromReportsHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<UnsubscribeFromReports, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(UnsubscribeFromReports request, CancellationToken cancellationToken)
    {
        if (await db.Set<ReportSubscriberRow>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken) is not { } row)
        {
            return Failure.NotFound("This subscription");
        }

        db.Remove(row);
        db.Announce(time.NowMs(), ("reports", "all"));
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}

internal static class ReportReach
{
    /// <summary>A report tells of all platforms at once.</summary>
    public static Failure Refusal { get; } = Failure.Forbidden("A board report tells of all platforms: this needs somebody who may read them all.");

    public static ReportSubscriber Tell(ReportSubscriberRow row) => new(row.Id, row.Name, row.Email, row.Author, Instants.ToInstant(row.CreatedAtMs));

    public static ReportBrief Tell(ReportRow row) => new(YearMonth.FromNumber(row.Month).ToString(), row.Number, Instants.ToInstant(row.MadeAtMs), row.Author, row.Pages, row.Bytes, row.Fingerprint, row.Summary);
}
