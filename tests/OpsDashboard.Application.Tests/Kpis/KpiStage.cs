using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Kpis;
using OpsDashboard.Application.Kpis.Entry;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Kpis;

/// <summary>The composed application on 22 November 2026. The clock stands still, so that only what a test calls is computed.</summary>
internal sealed class KpiStage : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 30, 0, TimeSpan.Zero);

    private KpiStage(InProcessApp app) => App = app;

    public InProcessApp App { get; }

    public ManualClock Clock { get; private init; } = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<KpiStage> SetAsync(DateTimeOffset? now = null, string? dataDirectory = null)
    {
        var clock = new ManualClock(now ?? Now);
        return new KpiStage(await InProcessApp.StartAsync(Token, clock, dataDirectory)) { Clock = clock };
    }

    public async Task<Outcome<T>> SendAsync<T>(MediatR.IRequest<Outcome<T>> request, string caller = "Finance partner")
    {
        await using var scope = App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = TestCallers.Viewer with { Name = caller };
        return await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(request, Token);
    }

    public async Task<T> DoAsync<T>(MediatR.IRequest<Outcome<T>> request, string caller = "Finance partner")
    {
        var outcome = await SendAsync(request, caller);
        Assert.True(outcome.Succeeded, outcome.Failure?.ToString());
        return outcome.Value;
    }

    public Task<RecordedMeasurements> TellAsync(string kpi, params IReadOnlyList<(string Period, decimal Value)> values) =>
        DoAsync(new RecordMeasurements { KpiId = kpi, Measurements = [.. values.Select(value => new Measurement(value.Period, value.Value))] });

    public Task<KpiDetail> ReadAsync(string kpi) => DoAsync(new GetKpi(kpi));

    public async Task<T> StoreAsync<T>(Func<OpsDbContext, Task<T>> read)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<OpsDbContext>());
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
