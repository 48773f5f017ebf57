using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Demo;
using OpsDashboard.Application.OnCall.Roster;
using OpsDashboard.Application.OnCall.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Demo;

public sealed class DemoOnCallTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2026-11-22T16:00:00Z")]
    [InlineData("2026-11-23T06:00:00Z")]
    [InlineData("2027-03-27T23:00:00Z")]
    public async Task Story_OnAnyDay_HasSomeoneOnCallAndAGapAhead(string at)
    {
        var now = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);
        await using var app = await InProcessApp.StartAsync(Token, new ManualClock(now));
        await using var scope = app.Services.CreateAsyncScope();
        var chapter = scope.ServiceProvider.GetServices<IDemoChapter>().OfType<DemoOnCall>().Single();
        await chapter.WriteAsync(now, 90, now.ToUnixTimeMilliseconds(), Token);

        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = TestCallers.Viewer;
        var dispatcher = scope.ServiceProvider.GetRequiredService<IDispatcher>();
        var today = (await dispatcher.Send(new GetOnCall(), Token)).Value;
        var past = (await dispatcher.Send(new GetOnCall { At = now.AddDays(-89) }, Token)).Value;
        var gaps = (await dispatcher.Send(new FindCoverageGaps(), Token)).Value;
        await chapter.EraseAsync(now.ToUnixTimeMilliseconds(), Token);

        Assert.False(today.HasGap);
        Assert.Equal(["Primary", "Secondary"], past.Schedules.Single().Positions.Select(position => position.Name));
        Assert.NotEmpty(gaps);
        Assert.Empty(await scope.ServiceProvider.GetRequiredService<OpsDbContext>().Set<PersonRow>().ToListAsync(Token));
        Assert.Empty((await dispatcher.Send(new GetOnCall(), Token)).Value.Schedules);
    }
}
