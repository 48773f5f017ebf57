using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Dashboards.Executive;
using OpsDashboard.Application.Dashboards.Reports;
using OpsDashboard.Application.Kpis;
using OpsDashboard.Application.Kpis.Definitions;
using OpsDashboard.Application.Kpis.Entry;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Domain.Kpis;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Testing;

namespace OpsDashboard.Benchmarks;

/// <summary>
/// The executive page with 36 months and 150 KPIs, the board report of one of them, and an import of 50,000 measurements, in this process.
/// </summary>
internal static class ExecutiveBenchmark
{
    private const int Months = 36;
    private const int Kpis = 150;
    private const int Imported = 50_000;
    private const int WarmUps = 40;
    private const int Requests = 200;

    private static readonly DateTimeOffset Now = new(2026, 12, 12, 12, 0, 0, TimeSpan.Zero);
    private static readonly YearMonth Newest = new(2026, 11);

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var app = await InProcessApp.StartAsync(cancellationToken, new ManualClock(Now));
        var kpis = await SendAsync(app, new ListKpis(), cancellationToken);
        for (var index = kpis.Count; index < Kpis; index++)
        {
            await SendAsync(app, Own($"Figure {index}", KpiCadence.Monthly), cancellationToken);
        }

        kpis = await SendAsync(app, new ListKpis(), cancellationToken);
        await SendAsync(app, new ImportMeasurements(MonthlyValues(kpis)), cancellationToken);
        await CloseMonthsAsync(app, cancellationToken);
        await PageAsync(app, cancellationToken);
        await ReportAsync(app, cancellationToken);
        await ImportAsync(app, cancellationToken);
    }

    private static DefineKpi Own(string name, KpiCadence cadence) => new()
    {
        Platform = "mlops",
        Name = name,
        Group = "Own",
        Measures = "Something.",
        Unit = KpiUnit.Count,
        Cadence = cadence,
        Owner = "Finance partner",
        Comparison = Comparison.GreaterOrEqual,
        Limit = 50,
        Block = cadence == KpiCadence.Monthly ? KpiBlock.Business : null,
    };

    private static string MonthlyValues(IReadOnlyList<KpiSummary> kpis)
    {
        var csv = new StringBuilder("kpi,period,value\n");
        foreach (var kpi in kpis.Where(kpi => !kpi.IsComputed))
        {
            var last = KpiPeriod.Of(kpi.Cadence, new DateOnly(2026, 12, 12)).Plus(-1);
            var periods = kpi.Cadence switch { KpiCadence.Quarterly => Months / 3, KpiCadence.Weekly => Months * 52 / 12, KpiCadence.Daily => Months * 30, KpiCadence.Monthly => Months };
            for (var back = 0; back < periods; back++)
            {
                csv.Append(CultureInfo.InvariantCulture, $"{kpi.Id},{last.Plus(-back)},{(kpi.Unit == KpiUnit.YesNo ? 1 : 40 + (back % 17))}\n");
            }
        }

        return csv.ToString();
    }

    private static async Task CloseMonthsAsync(InProcessApp app, CancellationToken cancellationToken)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var slo in await db.Set<SloRow>().AsNoTracking().ToListAsync(cancellationToken))
        {
            for (var back = 0; back < Months; back++)
            {
                db.Add(new SloMonthRow
                {
                    SloId = slo.Id,
                    Month = Newest.Plus(-back).Number,
                    Target = 0.99m,
                    Sli = 0.995m,
                    Good = 995_000,
                    Total = 1_000_000,
                    BadSeconds = 0,
                    ExcludedSeconds = 0,
                    Coverage = 1,
                    BudgetTotal = 10_000,
                    RemainingRatio = back % 5 == 0 ? -0.1m : 0.5m,
                    SloVersion = 1,
                    ClosedAtMs = Now.ToUnixTimeMilliseconds(),
                });
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task PageAsync(InProcessApp app, CancellationToken cancellationToken)
    {
        await GetAsync(app, WarmUps, cancellationToken);
        List<double> times = [];
        var over = await Measured.OfThisProcessAsync(async () => times = await GetAsync(app, Requests, cancellationToken));
        Figure.AtMost("executive.pageP95", times.At(95), "ms", 100).Over(over).Print();
        Figure.Plain("executive.pageMedian", times.At(50), "ms").Print();
        var reads = new List<double>();
        var reading = await Measured.OfThisProcessAsync(async () =>
        {
            for (var index = 0; index < Requests; index++)
            {
                var began = Stopwatch.GetTimestamp();
                await SendAsync(app, new GetExecutiveMonth(Newest.Plus(-(index % 20)).ToString()), cancellationToken);
                reads.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        });
        Figure.Plain("executive.readMedian", reads.At(50), "ms").Over(reading).Print();
    }

    /// <summary>One at a time, another month each: milliseconds to the last byte.</summary>
    private static async Task<List<double>> GetAsync(InProcessApp app, int requests, CancellationToken cancellationToken)
    {
        var times = new List<double>(requests);
        for (var index = 0; index < requests; index++)
        {
            var began = Stopwatch.GetTimestamp();
            var page = await app.Http.GetStringAsync($"/executive?month={Newest.Plus(-(index % 20))}", cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (!page.Contains("Investment tracking", StringComparison.Ordinal))
            {
                throw new InvalidOperationException("The page does not show its blocks.");
            }
        }

        return times;
    }

    private static async Task ReportAsync(InProcessApp app, CancellationToken cancellationToken)
    {
        await SendAsync(app, new MakeReport(Newest.ToString()), cancellationToken);
        ReportBrief? report = null;
        var over = await Measured.OfThisProcessAsync(async () => report = await SendAsync(app, new MakeReport(Newest.ToString()), cancellationToken));
        Figure.AtMost("executive.report", over.WallSeconds, "s", 3).Over(over).Print();
        Figure.AtLeast("executive.reportPages", report!.Pages, "pages", 30).Print();
    }

    private static async Task ImportAsync(InProcessApp app, CancellationToken cancellationToken)
    {
        const int own = 50;
        var csv = new StringBuilder("kpi,period,value,note\n");
        for (var index = 0; index < own; index++)
        {
            var id = (await SendAsync(app, Own($"Daily {index}", KpiCadence.Daily), cancellationToken)).Id;
            for (var back = 0; back < Imported / own; back++)
            {
                csv.Append(CultureInfo.InvariantCulture, $"{id},{new DateOnly(2026, 12, 11).AddDays(-back):yyyy-MM-dd},{back % 97},From the benchmark\n");
            }
        }

        MeasurementImport? told = null;
        var over = await Measured.OfThisProcessAsync(async () => told = await SendAsync(app, new ImportMeasurements(csv.ToString()), cancellationToken));
        if (told!.Added != Imported)
        {
            throw new InvalidOperationException($"{told.Added} of {Imported} measurements were taken in.");
        }

        Figure.AtMost("executive.import", over.WallSeconds, "s", 10).Over(over).Print();
    }

    private static async Task<T> SendAsync<T>(InProcessApp app, MediatR.IRequest<Outcome<T>> request, CancellationToken cancellationToken)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = Caller.System;
        return (await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(request, cancellationToken)).Value;
    }
}
