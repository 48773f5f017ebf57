using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Kpis.Entry;
using OpsDashboard.Application.Kpis.Store;

namespace OpsDashboard.Application.Tests.Kpis;

public sealed class KpiImportTests
{
    [Fact]
    public async Task File_Tried_ChangesNothingAndTakenInChangesWhatItSaid()
    {
        await using var stage = await KpiStage.SetAsync();
        await stage.TellAsync("mlops-nps", ("2026-Q2", 60), ("2026-Q3", 61));
        const string csv = "\uFEFFkpi;period;value;note\r\nmlops-nps;2026-Q2;60;\r\nmlops-nps;2026-Q3;64;\"Late answers; counted\"\r\nmlops-audit-success;2026-08-14;97 %;\r\n\r\n";

        var tried = await stage.DoAsync(new TryMeasurements(csv));
        Assert.Equal((3, 2, 1, 1, 1), (tried.Rows, tried.Kpis, tried.Added, tried.Corrected, tried.Unchanged));
        Assert.Equal([(3, "2026-Q3", "64 points", true), (4, "2026-Q3", "97 %", false)], tried.Sample.Select(row => (row.Line, row.Period, row.Value, row.IsCorrection)));
        Assert.Equal(61, (await stage.ReadAsync("mlops-nps")).Summary.Value);

        await stage.DoAsync(new ImportMeasurements(csv));
        var nps = await stage.ReadAsync("mlops-nps");
        Assert.Equal((64m, "Late answers; counted"), (nps.Entries[0].Value, nps.Entries[0].Note));
        Assert.Equal(0.97m, (await stage.ReadAsync("mlops-audit-success")).Summary.Value);
        Assert.Equal(3, (await stage.DoAsync(new ImportMeasurements(csv))).Unchanged);
    }

    [Fact]
    public async Task File_WithFaults_NamesEachByItsRowAndTakesNothingIn()
    {
        await using var stage = await KpiStage.SetAsync();
        await stage.TellAsync("mlops-nps", ("2026-Q1", 60));
        var csv = """
            kpi,period,value
            mlops-nps,2026-Q2,61
            mlops-nothing,2026-10,1
            mlops-platform-uptime,2026-10,1
            mlops-models-in-production,October,4
            mlops-models-in-production,2026-09,"1,000"
            mlops-nps,2026-Q2,61
            mlops-nps
            mlops-competitive-advantage,2026-Q2,2
            """;

        var failure = (await stage.SendAsync(new ImportMeasurements(csv))).Failure!;
        Assert.Equal(
            [
                ("/csv/3/kpi", "kpi.known"), ("/csv/4/kpi", "kpi.computed"), ("/csv/5/period", "period.format"), ("/csv/6/value", "value.number"),
                ("/csv/7/period", "period.twice"), ("/csv/8", "csv.columns"), ("/csv/9/value", "value.yesNo"),
            ],
            failure.Faults.Select(fault => (fault.Pointer, fault.Rule)));
        Assert.Equal("7 rows break a rule; nothing was taken in.", failure.Message);
        Assert.Equal(1, await stage.StoreAsync(db => db.Set<KpiEntryRow>().CountAsync()));

        var correction = (await stage.SendAsync(new ImportMeasurements("kpi,period,value\nmlops-nps,2026-Q1,70"))).Failure!;
        Assert.Equal(("/csv/2/note", "note.correction"), (correction.Faults[0].Pointer, correction.Faults[0].Rule));
        Assert.Equal(1, (await stage.DoAsync(new ImportMeasurements("kpi,period,value\nmlops-nps,2026-Q1,70", "Survey closed late"))).Corrected);
    }

    [Theory]
    [InlineData("", "csv.empty")]
    [InlineData("kpi,period,value\n", "csv.empty")]
    [InlineData("name,month\nx,y", "csv.head")]
    public async Task File_ThatIsNone_SaysWhatItLacks(string csv, string rule)
    {
        await using var stage = await KpiStage.SetAsync();

        Assert.Equal(rule, Assert.Single((await stage.SendAsync(new ImportMeasurements(csv))).Failure!.Faults).Rule);
    }

    [Fact]
    public async Task File_OfManyRows_IsTakenInAndCorrectedAsAWhole()
    {
        await using var stage = await KpiStage.SetAsync();
        var csv = new StringBuilder("kpi,period,value\n");
        var day = new DateOnly(2026, 11, 21);
        for (var row = 0; row < 9_500; row++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"mlops-active-users,{day.AddDays(-row):yyyy-MM-dd},{100 + (row % 50)}\n");
        }

        var told = await stage.DoAsync(new ImportMeasurements(csv.ToString(), Progress: "one"));
        Assert.Equal(9_500, told.Added);
        Assert.Null(stage.App.Services.GetRequiredService<KpiImports>().Find("one"));
        Assert.Equal(9_500, await stage.StoreAsync(db => db.Set<KpiEntryRow>().CountAsync()));

        // All of them corrected at once: nothing of what was told is lost.
        var corrected = await stage.DoAsync(new ImportMeasurements(csv.ToString().Replace(",1", ",2", StringComparison.Ordinal), "Counted anew"));
        Assert.Equal(9_500, corrected.Corrected);
        Assert.Equal((19_000, 9_500), (await stage.StoreAsync(db => db.Set<KpiEntryRow>().CountAsync()), await stage.StoreAsync(db => db.Set<KpiEntryRow>().CountAsync(row => row.IsCurrent))));
    }
}
