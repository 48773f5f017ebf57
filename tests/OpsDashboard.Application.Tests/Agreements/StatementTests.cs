using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Agreements;
using OpsDashboard.Application.Agreements.Statements;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Telemetry;
using OpsDashboard.Application.Tests.Platform.Documents;
using OpsDashboard.Domain.Agreements;
using OpsDashboard.Domain.Incidents;
using OpsDashboard.Domain.Telemetry;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Agreements;

public sealed class StatementTests
{
    private const int AprilMinutes = 30 * 1440;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Month_Closed_IsWhatARawCountOfItsStoredMinutesSays()
    {
        await using var stage = await AgreementStage.SetAsync();
        // Down, silent and planned at times that overlap.
        await stage.App.PlantMaintenanceAsync("shop", AgreementStage.April.AddHours(50), TimeSpan.FromMinutes(90));
        await stage.MinutesAsync(AgreementStage.Checkout, AgreementStage.April, AgreementStage.May, minute => minute is >= 3060 and < 3080 or >= 20_000 and < 20_007 ? false : minute is >= 30_000 and < 30_100 ? null : true);
        await stage.MinutesAsync(AgreementStage.Search, AgreementStage.April, AgreementStage.May, minute => minute is >= 20_005 and < 20_011 ? false : true);
        var id = await stage.SignAsync("Northwind", AgreementStage.Enterprise with { Slos = [AgreementStage.Checkout, AgreementStage.Search] });

        Assert.Equal(1, await stage.CloseAsync());
        Assert.Equal(0, await stage.CloseAsync());
        var statement = await stage.StatementAsync(id);

        var (up, down) = await RawCountAsync(stage, AgreementStage.April.AddHours(50), AgreementStage.April.AddHours(51.5));
        Assert.Equal((up * 60, down * 60), (statement.Seconds.Up, statement.Seconds.Down));
        Assert.Equal(decimal.Round((decimal)up / (up + down), 12), statement.Uptime);
        Assert.Equal((StatementKind.Original, 1, 10m, 4_200m), (statement.Kind, statement.Number, statement.CreditPercent, statement.CreditAmount));
        Assert.Equal(AprilMinutes * 60, statement.Seconds.Counted);
        Assert.Equal(
            [(3060, 20 * 60L, IntervalKind.Excluded), (20_000, 11 * 60L, IntervalKind.Downtime)],
            statement.Intervals.Select(interval => ((int)(interval.From - AgreementStage.April).TotalMinutes, interval.Seconds, interval.Kind)));
        Assert.Equal([AgreementStage.Checkout, AgreementStage.Search], statement.Intervals[1].Slos);
        Assert.Equal("Planned work", Assert.Single(statement.Maintenance).Reason);
    }

    [Fact]
    public async Task Month_BeforeItsGraceIsOver_IsRunningAndNotClosed()
    {
        await using var stage = await AgreementStage.SetAsync();
        stage.Clock.StepTo(AgreementStage.May.AddHours(47));
        await stage.MinutesAsync(AgreementStage.Checkout, AgreementStage.April, AgreementStage.May, _ => true);
        var id = await stage.SignAsync("Northwind", AgreementStage.Enterprise);

        Assert.Equal(0, await stage.CloseAsync());
        Assert.Equal(StatementKind.Running, (await stage.StatementAsync(id)).Kind);
        stage.Clock.StepTo(AgreementStage.May.AddHours(48));
        Assert.Equal(1, await stage.CloseAsync());
    }

    [Fact]
    public async Task LateData_AfterTheClose_BecomesACorrectionAndTheStatementStays()
    {
        await using var stage = await AgreementStage.SetAsync();
        await stage.MinutesAsync(AgreementStage.Checkout, AgreementStage.April, AgreementStage.May, minute => minute is >= 100 and < 110 ? null : true);
        var id = await stage.SignAsync("Northwind", AgreementStage.Enterprise);
        await stage.CloseAsync();
        var before = await stage.StatementAsync(id);
        Assert.Equal(0, await stage.CorrectAsync());

        await stage.MinutesAsync(AgreementStage.Checkout, AgreementStage.April, AgreementStage.April.AddHours(2), minute => minute is < 100 or >= 110);
        Assert.Equal(1, await stage.CorrectAsync());
        Assert.Equal(0, await stage.CorrectAsync());

        var correction = await stage.StatementAsync(id);
        Assert.Equal((StatementKind.Correction, 2, 4_200m), (correction.Kind, correction.Number, correction.CreditAmount));
        Assert.Equal(
            ["Downtime: 10 min instead of 0 min.", "Time without measurement: 0 min instead of 10 min.", "Credit: 10 % (USD 4,200.00) instead of 0 % (USD 0.00)."],
            correction.Changes);
        Assert.NotEqual(before.MinutesHash, correction.MinutesHash);
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(before, StoreJson.Options), System.Text.Json.JsonSerializer.Serialize(await stage.StatementAsync(id, number: 1), StoreJson.Options));
    }

    [Fact]
    public async Task Minutes_CondensedAfterTheClose_AreNoReasonForACorrection()
    {
        await using var stage = await AgreementStage.SetAsync();
        await stage.MinutesAsync(AgreementStage.Checkout, AgreementStage.April, AgreementStage.May, minute => minute >= 10);
        await stage.SignAsync("Northwind", AgreementStage.Enterprise);
        await stage.CloseAsync();

        await stage.App.PlantHistoryAsync("shop/checkout/availability", Enumerable.Range(0, 60).Select(minute => (AgreementStage.April.AddMinutes(minute), MinuteCell.OfEvents(70, 100))), condensed: true);
        Assert.Equal(0, await stage.CorrectAsync());
    }

    [Fact]
    public async Task Statement_OfACustomer_HoldsNothingOfAnother()
    {
        await using var stage = await AgreementStage.SetAsync();
        await stage.MinutesAsync(AgreementStage.Checkout, AgreementStage.April, AgreementStage.May, minute => minute >= 30);
        await stage.MinutesAsync(AgreementStage.Search, AgreementStage.April, AgreementStage.May, minute => minute >= 30);
        await RecordIncidentAsync(stage, "shop/checkout", "Contoso cannot pay", told: false);
        var own = await stage.SignAsync("Northwind", AgreementStage.Enterprise);
        await stage.SignAsync("Contoso", AgreementStage.Enterprise with { Slos = [AgreementStage.Search], MonthlyFee = 77_777m });
        await stage.CloseAsync();

        var pdf = string.Concat(await Poppler.PagesAsync(await AskedAsync(stage, own, "application/pdf"), Token));
        Assert.Contains("10 % of USD 42,000", pdf, StringComparison.Ordinal);
        foreach (var text in new[] { Encoding.UTF8.GetString(await AskedAsync(stage, own, "application/json")), Encoding.UTF8.GetString(await AskedAsync(stage, own, "text/csv")), pdf })
        {
            Assert.Contains("Northwind", text, StringComparison.Ordinal);
            Assert.Contains("#incident-2026-04-01-001", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Contoso", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("77777", text, StringComparison.Ordinal);
            Assert.DoesNotContain(AgreementStage.Search, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Interval_WithAPublishedIncident_NamesItAsThePublicKnowsIt()
    {
        await using var stage = await AgreementStage.SetAsync();
        await stage.MinutesAsync(AgreementStage.Checkout, AgreementStage.April, AgreementStage.May, minute => minute >= 30);
        await RecordIncidentAsync(stage, "shop/checkout", "Payments fail", told: true);
        await RecordIncidentAsync(stage, "shop/search", "Search is slow", told: true);
        var id = await stage.SignAsync("Northwind", AgreementStage.Enterprise);

        var statement = await stage.StatementAsync(id);
        Assert.Equal(["Payments fail"], Assert.Single(statement.Intervals).Incidents.Select(incident => incident.Title));
    }

    [Fact]
    public async Task Agreement_BegunInMidMonth_CountsFromItsFirstDay()
    {
        await using var stage = await AgreementStage.SetAsync();
        await stage.MinutesAsync(AgreementStage.Checkout, AgreementStage.April, AgreementStage.May, minute => minute is < 21_600 and >= 21_000 ? false : true);
        var id = await stage.SignAsync("Northwind", AgreementStage.Enterprise, "2026-04-16");
        await stage.CloseAsync();

        var statement = await stage.StatementAsync(id);
        Assert.Equal((15 * 86_400L, 0L, 1m), (statement.Seconds.Counted, statement.Seconds.Down, statement.Uptime));
    }

    [Fact]
    public async Task Service_MeasuredSinceMidMonth_IsJudgedOnWhatWasSeen()
    {
        await using var stage = await AgreementStage.SetAsync();
        await stage.MinutesAsync(AgreementStage.Checkout, AgreementStage.April.AddDays(20), AgreementStage.May, minute => minute >= 2);
        var id = await stage.SignAsync("Northwind", AgreementStage.Enterprise);
        await stage.CloseAsync();

        var statement = await stage.StatementAsync(id);
        Assert.Equal((AgreementStage.April.AddDays(20), 10 * 86_400L, 10m), (statement.From, statement.Seconds.Counted, statement.CreditPercent));
    }

    [Fact]
    public async Task OpenMonth_TellsTheDowntimeLeftAndWhatItWouldCost()
    {
        await using var stage = await AgreementStage.SetAsync();
        await stage.MinutesAsync(AgreementStage.Checkout, AgreementStage.May, AgreementStage.Now, minute => minute >= 3);
        var id = await stage.SignAsync("Northwind", AgreementStage.Enterprise);

        var outlook = (await stage.SendAsync(new ListCreditOutlook())).Value;
        var line = Assert.Single(outlook.Lines);
        // 31 days allow 4 m 27 s; three minutes are gone.
        Assert.Equal((id, 0m, new StatementAhead(60, 10m, 4_200m)), (line.AgreementId, line.CreditPercent, line.Ahead));
        Assert.Empty((await stage.SendAsync(new ListCreditOutlook([AgreementStage.Search]))).Value.Lines);
        var running = await stage.StatementAsync(id, "2026-05");
        Assert.Equal((StatementKind.Running, true), (running.Kind, running.Met));
    }

    private static async Task<byte[]> AskedAsync(AgreementStage stage, string agreement, string type)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/agreements/{agreement}/statements/2026-04");
        asked.Headers.Accept.ParseAdd(type);
        using var answer = await stage.App.Http.SendAsync(asked, Token);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsByteArrayAsync(Token);
    }

    private static async Task RecordIncidentAsync(AgreementStage stage, string service, string title, bool told)
    {
        await using var scope = stage.App.Services.CreateAsyncScope();
        var at = AgreementStage.April.AddMinutes(5);
        await scope.ServiceProvider.GetRequiredService<IncidentRecord>().ReplaceAsync(
            title,
            [
                new RecordedIncident
                {
                    Title = title,
                    Platform = "shop",
                    Severity = "P0",
                    Services = [new AffectedService(service, ServiceImpact.MajorOutage)],
                    Milestones = new IncidentMilestones { StartedMs = at.ToUnixTimeMilliseconds(), DetectedMs = at.ToUnixTimeMilliseconds(), AcknowledgedMs = at.ToUnixTimeMilliseconds(), MitigatedMs = at.AddMinutes(20).ToUnixTimeMilliseconds(), ResolvedMs = at.AddMinutes(30).ToUnixTimeMilliseconds() },
                    LeadId = "lead",
                    Lead = "Lead",
                    Updates = told ? [new RecordedUpdate("We are working on it.", PublicStatus.Investigating, "Lead", at)] : [],
                },
            ],
            stage.Clock.NowMs(),
            Token);
    }

    /// <summary>Straight from the stored hours, by minutes in a plain loop; shares no code with the product's count.</summary>
    private static async Task<(long Up, long Down)> RawCountAsync(AgreementStage stage, DateTimeOffset plannedFrom, DateTimeOffset plannedTo)
    {
        var rows = await stage.ReadAsync(db => db.Set<HourChunkRow>().AsNoTracking().ToListAsync(Token));
        var states = new Dictionary<DateTimeOffset, List<bool>>();
        foreach (var row in rows)
        {
            var chunk = HourChunk.Decode(row.Data);
            for (var minute = 0; minute < 60; minute++)
            {
                if (chunk.TryGet(minute, out var cell))
                {
                    var at = DateTimeOffset.FromUnixTimeSeconds((row.Hour * 3600L) + (minute * 60));
                    (states.TryGetValue(at, out var list) ? list : states[at] = []).Add(cell.Good * 100 >= cell.Total * 95);
                }
            }
        }

        var (up, down) = (0L, 0L);
        for (var at = AgreementStage.April; at < AgreementStage.May; at = at.AddMinutes(1))
        {
            if ((at < plannedFrom || at >= plannedTo) && states.TryGetValue(at, out var seen))
            {
                (up, down) = seen.TrueForAll(isUp => isUp) ? (up + 1, down) : (up, down + 1);
            }
        }

        return (up, down);
    }
}
