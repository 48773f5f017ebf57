using System.Diagnostics;
using OpsDashboard.Testing;
using OpsDashboard.Web.Tests.Telemetry;

namespace OpsDashboard.Web.Tests.Faults;

/// <summary>Two programs on one store: both take samples and show every change, one of them evaluates.</summary>
public sealed class TwoProcessesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Processes_OnOneStore_OnlyOneEvaluatesAndTheOtherTakesOverWhenItIsKilled()
    {
        using var data = new TempDirectory();
        await SeededProgram.CreateStoreAsync(data.FullPath, Token);
        await using var one = await AppProcess.StartAsync(new AppProcessOptions { DataDirectory = data.FullPath }, Token);
        await using var two = await AppProcess.StartAsync(new AppProcessOptions { DataDirectory = data.FullPath }, Token);
        var (evaluating, token) = StoreFile.Evaluating(data.FullPath);
        Assert.Equal(one.Id, evaluating);

        await PostAsync(two, "through-the-second", 10);
        await ShowsAsync(one, 10, TimeSpan.FromSeconds(15));
        await ShowsAsync(two, 10, TimeSpan.FromSeconds(15));
        await PostAsync(one, "through-the-first", 5);
        await ShowsAsync(two, 15, TimeSpan.FromSeconds(15));
        Assert.Equal((one.Id, token), StoreFile.Evaluating(data.FullPath));

        await one.Kill9Async(Token);
        var killed = Stopwatch.GetTimestamp();
        await PostAsync(two, "after-the-kill", 1);
        await ShowsAsync(two, 16, TimeSpan.FromSeconds(30));
        Assert.InRange(Stopwatch.GetElapsedTime(killed), TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.Equal(two.Id, StoreFile.Evaluating(data.FullPath).ProcessId);
    }

    private static async Task PostAsync(AppProcess app, string batchId, int events)
    {
        var sample = Batches.Counts(SeededProgram.Slis[0], TimeProvider.System.GetUtcNow(), events, events);
        using var response = await app.Http.PostBatchAsync(Batches.Batch(batchId, sample), Token);
        response.EnsureSuccessStatusCode();
    }

    private static Task ShowsAsync(AppProcess app, int events, TimeSpan within) => Eventually.TrueAsync(
        async () =>
        {
            using var response = await app.Http.GetAsync($"/api/v1/slos/{SeededProgram.Slis[0]}", Token);
            return response.IsSuccessStatusCode && (await response.ReadAsync(Token)).GetProperty("total").GetDecimal() == events;
        },
        Token,
        within);
}
