using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Slos;

/// <summary>The composed application at a fixed instant, with one objective created 100 days before.</summary>
internal sealed class SloStage : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 30, 20, TimeSpan.Zero);

    public static readonly SloDefinition Availability = new()
    {
        Id = "shop/checkout/availability",
        SliId = "shop/checkout/availability",
        Name = "Checkout availability",
        Platform = "shop",
        Service = "checkout",
        Kind = SliKind.Ratio,
        Target = 0.99m,
        Budgeting = BudgetingMethod.Occurrences,
        Window = SloWindow.RollingDays(30),
        AlertRules = BurnAlertRules.DefaultsFor(SloWindow.RollingDays(30), 0.99m),
    };

    private SloStage(InProcessApp app) => App = app;

    public InProcessApp App { get; }

    public ManualClock Clock { get; private init; } = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<SloStage> SetAsync(SloDefinition slo)
    {
        var clock = new ManualClock(Now);
        var stage = new SloStage(await InProcessApp.StartAsync(Token, clock)) { Clock = clock };
        await stage.App.PlantAsync(slo, Now.AddDays(-100));
        return stage;
    }

    /// <summary>Minutes [from, to) before now, with the same cell each.</summary>
    public Task PastAsync(string sliId, TimeSpan from, TimeSpan to, Func<MinuteCell> cell, bool condensed = false)
    {
        var start = Now - from;
        start -= TimeSpan.FromTicks(start.Ticks % TimeSpan.TicksPerMinute);
        return App.PlantHistoryAsync(sliId, Enumerable.Range(0, (int)(from - to).TotalMinutes).Select(minute => (start.AddMinutes(minute), cell())), condensed);
    }

    public async Task<Outcome<T>> SendAsync<T>(MediatR.IRequest<Outcome<T>> request, Caller? caller = null)
    {
        await using var scope = App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = caller ?? TestCallers.Viewer;
        return await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(request, Token);
    }

    public async Task<T> ReadAsync<T>(Func<OpsDbContext, Task<T>> read)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<OpsDbContext>());
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
