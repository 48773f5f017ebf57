using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Slos.Import;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Testing;

/// <summary>Boards with objectives in every state, filled through the real intake.</summary>
public static class Boards
{
    public const string LongService = "a-service-with-a-remarkably-long-name-that-somebody-thought-was-fine";

    private const int SamplesPerBatch = 40_000;

    private static readonly string[] Services =
        ["model-serving-api", "feature-store", "training-orchestrator", "vector-index-eu-central", "agent-gateway", "tool-broker", LongService];

    private static readonly string[] Names =
        ["availability", "latency p95", "latency p99", "freshness", "job success", "inference latency p99 for enterprise customers, streaming endpoints"];

    /// <summary>How much of an objective's traffic fails in a minute so many minutes ago, of 1,000 requests; null: nothing reported.</summary>
    private delegate int? Story(int minutesAgo);

    /// <summary>An application that knows no objectives until a test brings some; ready when it returns.</summary>
    public static async Task<InProcessApp> StartEmptyAsync(CancellationToken cancellationToken)
    {
        var app = await InProcessApp.StartAsync(
            cancellationToken,
            configure: services =>
            {
                foreach (var step in services.Where(service => service.ImplementationType == typeof(LoadShippedCatalogs)).ToList())
                {
                    services.Remove(step);
                }
            });
        await app.ReadyAsync(cancellationToken);
        return app;
    }

    /// <summary>
    /// Imports objectives over the last day and hands in their samples, minute by minute: of every twenty one is breached, one
    /// burning, one has no data and the rest is well.
    /// </summary>
    /// <returns>The ids, in the order they were made.</returns>
    public static async Task<IReadOnlyList<string>> FillAsync(this InProcessApp app, int objectives, int minutes, CancellationToken cancellationToken)
    {
        var slos = Enumerable.Range(0, objectives).Select(Objective).ToArray();
        await app.SeedAsync(slos);
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var lines = new StringBuilder();
        var count = 0;
        for (var number = 0; number < objectives; number++)
        {
            var story = StoryOf(number, minutes);
            for (var ago = minutes - 1; ago >= 0; ago--)
            {
                if (story(ago) is not { } bad)
                {
                    continue;
                }

                lines.Append(FormattableString.Invariant(
                    $$"""{"sli":"{{slos[number].SliId}}","at":"{{now.AddMinutes(-ago):yyyy-MM-dd'T'HH:mm:ss'Z'}}","good":{{1000 - bad}},"total":1000}"""));
                lines.Append('\n');
                if (++count % SamplesPerBatch == 0)
                {
                    await app.HandInAsync(lines.ToString(), cancellationToken);
                    lines.Clear();
                }
            }
        }

        if (lines.Length > 0)
        {
            await app.HandInAsync(lines.ToString(), cancellationToken);
        }

        return [.. slos.Select(slo => slo.Id)];
    }

    /// <summary>Waits until so many objectives have an SLI.</summary>
    public static Task JudgedAsync(this InProcessApp app, int objectives, CancellationToken cancellationToken) => Eventually.TrueAsync(
        async () => (await app.Http.GetStringAsync("/metrics", cancellationToken)).Split('\n').Count(line => line.StartsWith("ops_slo_sli_ratio{", StringComparison.Ordinal)) == objectives,
        cancellationToken);

    /// <summary>One sample of 1,000 requests at this moment, through the intake.</summary>
    public static Task HandInAsync(this InProcessApp app, string id, DateTimeOffset at, int bad, CancellationToken cancellationToken) =>
        app.HandInAsync(
            FormattableString.Invariant($$"""{"sli":"{{id}}","at":"{{at:yyyy-MM-dd'T'HH:mm:ss'Z'}}","good":{{1000 - bad}},"total":1000}"""),
            cancellationToken);

    private static async Task HandInAsync(this InProcessApp app, string lines, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/samples?batchId={Guid.NewGuid():N}")
        {
            Content = new StringContent(lines, Encoding.UTF8, "application/x-ndjson"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AppProcess.IntakeKey);
        using var answer = await app.Http.SendAsync(request, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }

    private static SloDefinition Objective(int number)
    {
        var platform = number % 3 == 0 ? "agent-mesh" : "mlops";
        var target = number % 4 == 0 ? 0.9995m : 0.999m;
        return Seeding.Availability(platform, Services[number % Services.Length], $"slo-{number:000}", target) with
        {
            Name = Names[number % Names.Length],
            Tier = (number % 5) switch { 0 => "Enterprise", 1 => "Free", _ => null },
            Window = new SloWindow(WindowKind.Rolling, WindowUnit.Day, 1),
            AlertRules = BurnAlertRules.DefaultsFor(new SloWindow(WindowKind.Rolling, WindowUnit.Day, 1), target),
            Clauses = [new Clause("Service Level Agreements", "1.1 Availability", $"at least {target:P2} a month")],
        };
    }

    private static Story StoryOf(int number, int minutes) => (number % 20) switch
    {
        3 => ago => ago > minutes / 3 && ago < minutes / 2 ? 9 : 0,
        7 => ago => ago < 8 ? 5 : 0,
        11 => _ => null,
        13 => ago => ago % 10 < 6 ? 0 : null,
        _ => ago => (ago * 7 + number) % 19 == 0 ? 1 : 0,
    };
}
