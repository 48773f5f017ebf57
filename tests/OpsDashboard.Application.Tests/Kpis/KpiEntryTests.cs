using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Kpis;
using OpsDashboard.Application.Kpis.Definitions;
using OpsDashboard.Application.Kpis.Entry;
using OpsDashboard.Application.Kpis.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Kpis;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Tests.Kpis;

public sealed class KpiEntryTests
{
    private const string Models = "mlops-models-in-production";

    [Fact]
    public async Task Correction_OfAValue_StandsBesideItAndSaysWho()
    {
        await using var stage = await KpiStage.SetAsync();
        Assert.Equal(new RecordedMeasurements(2, 0, 0), await stage.TellAsync(Models, ("2026-09", 40), ("2026-10", 44)));
        Assert.Equal(new RecordedMeasurements(0, 0, 1), await stage.TellAsync(Models, ("2026-10-31", 44)));

        var silent = await stage.SendAsync(Tell("2026-10", 47, null));
        Assert.Equal(("/measurements/0/note", "note.correction"), (silent.Failure!.Faults[0].Pointer, silent.Failure.Faults[0].Rule));
        Assert.Equal(new RecordedMeasurements(0, 1, 0), await stage.DoAsync(Tell("2026-10", 47, "Three were counted late"), "Product manager"));

        var kpi = await stage.ReadAsync(Models);
        Assert.Equal([47m, 44m, 40m], kpi.Entries.Select(entry => entry.Value));
        Assert.Equal([true, false, true], kpi.Entries.Select(entry => entry.IsCurrent));
        Assert.Equal(("Product manager", "Three were counted late", 2), (kpi.Entries[0].Author, kpi.Entries[0].Note, kpi.Entries[0].Number));
        Assert.Equal("Finance partner", kpi.Entries[1].Author);
        Assert.Equal((47m, KpiState.AtRisk, "2026-10"), (kpi.Summary.Value, kpi.Summary.State, kpi.Summary.Period));
    }

    [Fact]
    public async Task Value_Withdrawn_LeavesThePeriodMissing()
    {
        await using var stage = await KpiStage.SetAsync();
        await stage.TellAsync(Models, ("2026-08", 50), ("2026-09", 51), ("2026-10", 52));
        await stage.DoAsync(Tell("2026-09", null, "Counted the wrong environment"));

        var kpi = await stage.ReadAsync(Models);
        Assert.Equal([50m, null, 52m], kpi.Points.Select(point => point.Value));
        Assert.Equal(KpiState.Missing, kpi.Points[1].State);
        Assert.Equal("value.required", (await stage.SendAsync(Tell("2026-07", null, "?"))).Failure!.Faults[0].Rule);
    }

    [Theory]
    [InlineData("2026-W47", 1, "period.format")]
    [InlineData("2026-12", 1, "period.range")]
    [InlineData("1999-12", 1, "period.range")]
    [InlineData("2026-10", -1, "value.negative")]
    [InlineData("2026-10", 1e15, "value.range")]
    public async Task Value_AgainstARule_IsRefusedByIt(string period, double value, string rule)
    {
        await using var stage = await KpiStage.SetAsync();

        Assert.Equal(rule, Assert.Single((await stage.SendAsync(Tell(period, (decimal)value, null))).Failure!.Faults).Rule);
    }

    [Fact]
    public async Task Values_OfAComputedOrUnknownKpi_AreRefused()
    {
        await using var stage = await KpiStage.SetAsync();
        var computed = await stage.SendAsync(Tell("2026-10", 1, null) with { KpiId = "mlops-platform-uptime" });
        var unknown = await stage.SendAsync(Tell("2026-10", 1, null) with { KpiId = "mlops-nothing" });
        var twice = await stage.SendAsync(Tell("2026-10", 1, null) with { Measurements = [new("2026-10", 1), new("2026-10-05", 2)] });

        Assert.Equal("kpi.computed", computed.Failure!.Faults[0].Rule);
        Assert.Equal(FailureKind.NotFound, unknown.Failure!.Kind);
        Assert.Equal(("/measurements/1/period", "period.twice"), (twice.Failure!.Faults[0].Pointer, twice.Failure.Faults[0].Rule));
    }

    [Fact]
    public async Task Target_SetFromADay_JudgesWhatBeginsLater()
    {
        await using var stage = await KpiStage.SetAsync();
        await stage.TellAsync(Models, ("2026-09", 55), ("2026-10", 55));
        var target = new SetKpiTarget { KpiId = Models, ExpectedVersion = 1, EffectiveFrom = "2026-10-01", Comparison = Comparison.GreaterOrEqual, Limit = 60, Reason = "Raised by the board" };
        Assert.Equal(2, (await stage.DoAsync(target, "Head of ML platform")).Version);
        Assert.Equal(FailureKind.Outdated, (await stage.SendAsync(target)).Failure!.Kind);

        var kpi = await stage.ReadAsync(Models);
        Assert.Equal([50m, 60m], kpi.Points.Select(point => point.Aim.Limit));
        Assert.Equal([KpiState.OnTarget, KpiState.AtRisk], kpi.Points.Select(point => point.State));
        Assert.Equal([("Raised by the board", "Head of ML platform"), ("The contract's figure", "catalog")], kpi.Aims.Select(aim => (aim.Reason, aim.Author)));
    }

    [Fact]
    public async Task Target_AgainstARule_NamesEveryFault()
    {
        await using var stage = await KpiStage.SetAsync();
        var faults = (await stage.SendAsync(new SetKpiTarget
        {
            KpiId = Models,
            ExpectedVersion = 1,
            EffectiveFrom = "2026-10-32",
            Comparison = Comparison.GreaterOrEqual,
            Limit = 60,
            Baseline = 4,
            DueOn = "soon",
            Reason = "x",
        })).Failure!.Faults;

        Assert.Equal(["baseline.unused", "day.format", "day.format"], faults.Select(fault => fault.Rule).Order());
    }

    [Fact]
    public async Task Catalog_LoadedAgain_KeepsWhatPeopleChanged()
    {
        using var directory = new OpsDashboard.Testing.TempDirectory();
        await using (var stage = await KpiStage.SetAsync(dataDirectory: directory.FullPath))
        {
            Assert.Equal(107, (await stage.DoAsync(new ListKpis())).Count);
            Assert.Equal(new DateOnly(2027, 5, 22), (await stage.ReadAsync("mlops-models-deployed")).Summary.Aim.DueOn);
            await stage.DoAsync(new EditKpi(Models, 1, "Models live", "Head of ML platform", "Models that serve.", KpiBlock.Strategic));
            await stage.DoAsync(new DefineKpi { Platform = "mlops", Name = "Own figure", Group = "Own", Measures = "Something.", Unit = KpiUnit.Count, Cadence = KpiCadence.Weekly, Owner = "Finance partner", Comparison = Comparison.LessThan, Limit = 3 });
            // As if a newer catalog said otherwise.
            await stage.StoreAsync(db => db.Set<KpiRow>().ExecuteUpdateAsync(set => set.SetProperty(row => row.CatalogHash, "older")));
        }

        await using var again = await KpiStage.SetAsync(KpiStage.Now.AddDays(40), directory.FullPath);
        Assert.Equal("Models live", (await again.ReadAsync(Models)).Summary.Name);
        Assert.Equal("Own figure", (await again.ReadAsync("mlops-own-figure")).Summary.Name);
        Assert.Equal(108, (await again.DoAsync(new ListKpis())).Count);
        // The date counts from the first loading, not from every start.
        Assert.Equal(new DateOnly(2027, 5, 22), (await again.ReadAsync("mlops-models-deployed")).Summary.Aim.DueOn);
    }

    private static RecordMeasurements Tell(string period, decimal? value, string? note) => new() { KpiId = Models, Measurements = [new(period, value, note)] };
}
