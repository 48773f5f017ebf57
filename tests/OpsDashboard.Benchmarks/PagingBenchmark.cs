using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Incidents.Alerts.Integrations;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.OnCall.Store;
using OpsDashboard.Application.Platform.Protection;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Testing;

namespace OpsDashboard.Benchmarks;

/// <summary>From the POST of an alert to the webhook at the receiver, every step durable: one at a time, then a thousand at once.</summary>
internal static class PagingBenchmark
{
    private const int Idle = 100;
    private const int Burst = 1_000;
    private const int Connections = 32;
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(100);

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await PublishedProgram.EnsureAsync();
        await using var receiver = await PageReceiver.StartAsync();
        using var data = new TempDirectory();
        var key = await PrepareAsync(data.FullPath, receiver.Url, cancellationToken);
        await using var app = await PublishedProgram.StartAsync(data.FullPath, cancellationToken, settings: ("Outbound__AllowPrivateTargets", "true"));
        var path = $"/api/v1/integrations/{key}/alerts";
        for (var i = 0; i < 10; i++)
        {
            await OneAsync(app, receiver, path, $"warm {i}", cancellationToken);
        }

        List<double> times = [];
        var over = await Measured.OfAsync(app, async () =>
        {
            for (var i = 0; i < Idle; i++)
            {
                times.Add(await OneAsync(app, receiver, path, $"idle {i}", cancellationToken));
                await Task.Delay(Apart, TimeProvider.System, cancellationToken);
            }
        });
        Figure.AtMost("paging.idleP95", times.At(95), "ms", 25).Over(over).Print();
        Figure.Plain("paging.idleMedian", times.At(50), "ms").Print();

        await BurstAsync("paging.burst", app, receiver, path, groups: Burst, cancellationToken);
        await BurstAsync("paging.burstGrouped", app, receiver, path, groups: 20, cancellationToken);
    }

    private static async Task<double> OneAsync(AppProcess app, PageReceiver receiver, string path, string title, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        await PostAsync(app, path, title, title, cancellationToken);
        await Eventually.TrueAsync(() => receiver.All is [.., var last] && TitleOf(last) == title, cancellationToken, TimeSpan.FromSeconds(30));
        return Stopwatch.GetElapsedTime(began, receiver.All.First(page => TitleOf(page) == title).At).TotalMilliseconds;
    }

    /// <summary>Every alert is of its own key; those of one group share an incident and its page.</summary>
    private static async Task BurstAsync(string name, AppProcess app, PageReceiver receiver, string path, int groups, CancellationToken cancellationToken)
    {
        var before = receiver.All.Count;
        var began = Stopwatch.GetTimestamp();
        var posted = 0.0;
        var over = await Measured.OfAsync(app, async () =>
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(0, Burst),
                new ParallelOptions { MaxDegreeOfParallelism = Connections, CancellationToken = cancellationToken },
                async (i, token) => await PostAsync(app, path, $"{name} {i}", $"{name}/{i % groups}", token));
            posted = Stopwatch.GetElapsedTime(began).TotalSeconds;
            await Eventually.TrueAsync(() => receiver.All.Count - before >= groups, cancellationToken, TimeSpan.FromSeconds(120));
        });
        var pages = receiver.All.Skip(before).ToList();
        var last = pages.Max(page => Stopwatch.GetElapsedTime(began, page.At).TotalSeconds);
        // What came twice would come within a moment.
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, cancellationToken);
        pages = [.. receiver.All.Skip(before).Where(page => TitleOf(page)?.StartsWith(name + " ", StringComparison.Ordinal) == true)];
        Figure.AtMost(name, last, "s", 10).Over(over).Print();
        Figure.Plain(name + "Acknowledged", posted, "s").Print();
        Figure.AtMost(name + "Lost", groups - pages.DistinctBy(page => page.Key).Count(), "pages", 0).Print();
        Figure.AtMost(name + "Twice", pages.Count - groups, "pages", 0).Print();
    }

    private static string? TitleOf(PageReceiver.Received page)
    {
        using var body = JsonDocument.Parse(page.Body);
        return body.RootElement.TryGetProperty("title", out var title) ? title.GetString() : null;
    }

    private static async Task PostAsync(AppProcess app, string path, string title, string group, CancellationToken cancellationToken)
    {
        using var response = await app.Http.PostAsJsonAsync(path, new { key = title, groupKey = group, title, severity = "critical", platform = "mlops" }, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>One person on the first level with a webhook, and an integration.</summary>
    /// <returns>The integration's key.</returns>
    private static async Task<string> PrepareAsync(string directory, string receiver, CancellationToken cancellationToken)
    {
        await using var app = await InProcessApp.StartAsync(cancellationToken, dataDirectory: directory, configure: PreparedStore.WithoutEvaluator);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        db.Add(new PersonRow { Id = "anna", Name = "Primary on-call", Roles = PersonRow.Pack(["l1-support"]), Zone = "UTC", Author = "benchmark", UpdatedAtMs = 0 });
        db.Add(new ContactMethodRow
        {
            PersonId = "anna",
            Channel = Channel.Webhook,
            Address = scope.ServiceProvider.GetRequiredService<IFieldSeal>().Close($"{receiver}/page"),
            Label = "",
            Position = 0,
            DelaySeconds = 0,
            VerifiedAtMs = 1,
            CreatedAtMs = 0,
        });
        await db.SaveChangesAsync(cancellationToken);
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = Caller.System;
        return (await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(new CreateIntegration { Name = "benchmark" }, cancellationToken)).Value.Key;
    }
}
