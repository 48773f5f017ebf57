using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Live;

/// <summary>One of several processes does the work; each stands here by a lease of its own on one store.</summary>
public sealed class LeaseTests
{
    private const string Work = "work";
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeping_WhileTheWorkGoesOn_HoldsOthersOffLongerThanTheirPatience()
    {
        var clock = new ManualClock(Start);
        await using var app = await InProcessApp.StartAsync(Token, clock);
        var (mine, theirs) = (app.Services.CreateLease(Work), app.Services.CreateLease(Work));
        var finish = new TaskCompletionSource();
        var kept = mine.KeepWhileAsync(_ => finish.Task, Token);
        await Eventually.TrueAsync(() => mine.Token is not null, Token);

        while (clock.GetUtcNow() < Start + (Lease.Patience * 3))
        {
            var before = await BeatAsync(app);
            await Eventually.TrueAsync(
                async () =>
                {
                    clock.Advance(Tick);
                    return await BeatAsync(app) > before;
                },
                Token);
            Assert.False(await theirs.HoldAsync(Token));
        }

        finish.SetResult();
        await kept;
    }

    [Fact]
    public async Task Keeping_WhenTheWorkEndsOrFails_GivesTheLeaseBackAtOnce()
    {
        await using var app = await InProcessApp.StartAsync(Token, new ManualClock(Start));
        var (mine, theirs) = (app.Services.CreateLease(Work), app.Services.CreateLease(Work));

        await mine.KeepWhileAsync(_ => Eventually.TrueAsync(() => mine.Token is not null, Token), Token);
        Assert.Null(mine.Token);
        Assert.True(await theirs.HoldAsync(Token));
        await theirs.ReleaseAsync(Token);

        await Assert.ThrowsAsync<InvalidOperationException>(() => mine.KeepWhileAsync(
            async _ =>
            {
                await Eventually.TrueAsync(() => mine.Token is not null, Token);
                throw new InvalidOperationException("The work failed.");
            },
            Token));
        Assert.True(await theirs.HoldAsync(Token));
    }

    private static async Task<long> BeatAsync(InProcessApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<OpsDbContext>().Set<LeaseRow>().Where(row => row.Name == Work).Select(row => row.Beat).SingleAsync(Token);
    }
}
