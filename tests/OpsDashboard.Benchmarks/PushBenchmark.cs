using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Playwright;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;
using OpsDashboard.Testing.Live;

namespace OpsDashboard.Benchmarks;

/// <summary>From the POST of a bad sample to the changed text of its row in Chromium: idle, then beside 500 clients of the hub.</summary>
internal static class PushBenchmark
{
    private const int Objectives = 50;
    private const int Posts = 60;
    private const int HubClients = 500;
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(400);

    private const string Watch =
        """
        ([list, key]) => {
          const body = document.querySelector(list);
          const text = () => body.querySelector(`tr[data-key="${key}"]`)?.textContent;
          const before = text();
          window.changed = new Promise(done => {
            const observer = new MutationObserver(() => {
              const now = text();
              if (now && now !== before) { observer.disconnect(); done(true); }
            });
            observer.observe(body, { subtree: true, childList: true, characterData: true });
          });
        }
        """;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await PublishedProgram.EnsureAsync();
        using var data = new TempDirectory();
        var objectives = PreparedStore.Objectives(Objectives);
        await PreparedStore.CreateAsync(data.FullPath, objectives, historyDays: 0, cancellationToken);
        await using var app = await PublishedProgram.StartAsync(data.FullPath, cancellationToken);
        app.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AppProcess.IntakeKey);
        var slis = objectives.Select(slo => slo.SliId).ToList();
        await PostAsync(app, slis.Select(sli => (sli, 2_000)), 2_000, cancellationToken);

        await using var browser = await Browser.LaunchAsync();
        await browser.VisitAsync(app.Url, async visit =>
        {
            await visit.GoInteractiveAsync("/?platform=bench");
            await PostAndWatchAsync(app, visit.Page, slis, 10, cancellationToken);
            await MeasureAsync("push.idle", 150, app, visit.Page, slis, cancellationToken);

            var clients = new List<LiveClient>();
            for (var i = 0; i < HubClients; i++)
            {
                var client = await LiveClient.ConnectAsync(app.Url, cancellationToken);
                clients.Add(client);
                await client.SubscribeAsync("dashboard", "operations", cancellationToken);
            }

            await MeasureAsync("push.with500HubClients", 400, app, visit.Page, slis, cancellationToken);
            var told = clients.Count(client => client.Changes.TryRead(out _));
            Figure.AtLeast("push.hubClientsTold", told, "clients", HubClients).Print();
            await Task.WhenAll(clients.Select(client => client.DisposeAsync().AsTask()));
        });
    }

    private static async Task MeasureAsync(string name, double target, AppProcess app, IPage page, List<string> slis, CancellationToken cancellationToken)
    {
        List<double> times = [];
        var over = await Measured.OfAsync(app, async () => times = await PostAndWatchAsync(app, page, slis, Posts, cancellationToken));
        Figure.AtMost(name + "P95", times.At(95), "ms", target).Over(over).Print();
        Figure.Plain(name + "Median", times.At(50), "ms").Print();
    }

    /// <summary>Milliseconds from before the request is sent to after the page told that the text is another.</summary>
    private static async Task<List<double>> PostAndWatchAsync(AppProcess app, IPage page, List<string> slis, int posts, CancellationToken cancellationToken)
    {
        var times = new List<double>(posts);
        for (var i = 0; i < posts; i++)
        {
            var sli = slis[i % slis.Count];
            await page.EvaluateAsync(Watch, new[] { "tbody[data-list]", sli });
            var began = Stopwatch.GetTimestamp();
            await PostAsync(app, [(sli, 0)], 1, cancellationToken);
            await page.EvaluateAsync("() => window.changed");
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            await Task.Delay(Apart, TimeProvider.System, cancellationToken);
        }

        return times;
    }

    private static async Task PostAsync(AppProcess app, IEnumerable<(string Sli, int Good)> samples, int total, CancellationToken cancellationToken)
    {
        var at = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var lines = samples.Select(sample =>
            string.Create(CultureInfo.InvariantCulture, $$"""{"sli":"{{sample.Sli}}","at":"{{at}}","good":{{sample.Good}},"total":{{total}}}"""));
        using var content = new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson");
        using var response = await app.Http.PostAsync($"/api/v1/samples?batchId={Guid.NewGuid():N}", content, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
