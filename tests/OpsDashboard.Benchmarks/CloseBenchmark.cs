using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Agreements;
using OpsDashboard.Application.Agreements.Statements;
using OpsDashboard.Domain.Agreements;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;
using OpsDashboard.Testing;

namespace OpsDashboard.Benchmarks;

/// <summary>The close of one month, in this process: statements of 1,000 agreements over 100 services, from stored minutes to stored statements.</summary>
internal static class CloseBenchmark
{
    private const int Services = 100;
    private const int Agreements = 1_000;
    private const int BoundEach = 3;

    private static readonly DateTimeOffset Month = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var app = await InProcessApp.StartAsync(cancellationToken, new ManualClock(Month.AddMonths(1).AddDays(5)));
        var slos = Enumerable.Range(0, Services).Select(Uptime).ToArray();
        await app.SeedAsync(slos);
        for (var index = 0; index < Services; index++)
        {
            var first = TimeIndex.MinuteOf(Month.AddDays(index % 28).ToUnixTimeMilliseconds());
            await app.WriteHistoryAsync(slos[index].SliId, Month, Month.AddMonths(1), minute => MinuteCell.OfEvents(minute >= first && minute < first + 15 ? 50 : 1000, 1000));
        }

        var terms = AgreementTemplates.Find("enterprise")!.Terms with { MonthlyFee = 42_000m };
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var recorded = Enumerable.Range(0, Agreements).Select(index => new RecordedAgreement(
                $"customer-{index}",
                $"Customer {index}",
                $"agreement-{index}",
                "Agreement",
                Month,
                terms with { Slos = [.. Enumerable.Range(0, BoundEach).Select(bound => slos[(index + (bound * 31)) % Services].Id)] }));
            await scope.ServiceProvider.GetRequiredService<AgreementRecord>().ReplaceAsync("benchmark", [.. recorded], 0, cancellationToken);
        }

        var close = app.Services.GetRequiredService<StatementClose>();
        var written = 0;
        var spent = await Measured.OfThisProcessAsync(async () => written = await close.CloseAsync(cancellationToken));
        if (written != Agreements)
        {
            throw new InvalidOperationException($"{written} of {Agreements} statements were drawn up.");
        }

        Figure.AtMost("close.month", spent.WallSeconds, "s", 30).Over(spent).Print();
        var again = await Measured.OfThisProcessAsync(() => close.CorrectAsync(1, cancellationToken));
        Figure.Plain("close.comparedAgain", again.WallSeconds, "s").Over(again).Print();
    }

    private static SloDefinition Uptime(int index) => Seeding.Availability("shop", $"service-{index}", "uptime", 0.9999m) with
    {
        Budgeting = BudgetingMethod.Timeslices,
        TimeSliceTarget = 0.95m,
        Window = SloWindow.CalendarMonth,
        AlertRules = [],
    };
}
