using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Faults;

/// <summary>An operator or NTP sets the clock while the program runs.</summary>
public sealed class ClockStepTests
{
    private const int Minutes = 90;
    private const int EventsPerMinute = 1_000;
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 30, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clock_SteppedAnHourBackAndAnHourAhead_KeepsStatusesRightAndTheLease()
    {
        var clock = new ManualClock(Start);
        await using var app = await InProcessApp.StartAsync(Token, clock);
        var slo = Seeding.Availability("shop", "checkout", "availability");
        await app.SeedAsync(slo);
        var history = Enumerable.Range(0, Minutes).Select(back => Sample(slo.SliId, Start.AddMinutes(-back)));
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(app, "history", history));
        await UntilAsync(app, clock, slo.Id, status => status.Total == Minutes * EventsPerMinute);
        var lease = app.Services.GetRequiredService<Lease>().Token;
        Assert.NotNull(lease);

        clock.StepTo(Start.AddHours(-1));
        var back = await UntilAsync(app, clock, slo.Id, status => status.EvaluatedAt < Start.AddMinutes(-30));
        Assert.Equal(SeenBy(back.EvaluatedAt) * EventsPerMinute, back.Total);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await PostAsync(app, "ahead", [Sample(slo.SliId, Start)]));
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(app, "while-back", [Sample(slo.SliId, clock.GetUtcNow())]));
        await UntilAsync(app, clock, slo.Id, status => status.Total == (SeenBy(status.EvaluatedAt) + 1) * EventsPerMinute);

        clock.StepTo(Start.AddHours(1));
        await UntilAsync(app, clock, slo.Id, status => status.EvaluatedAt > Start.AddMinutes(30) && status.Total == (Minutes + 1) * EventsPerMinute);
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(app, "after", [Sample(slo.SliId, clock.GetUtcNow())]));
        await UntilAsync(app, clock, slo.Id, status => status.Total == (Minutes + 2) * EventsPerMinute);
        Assert.Equal(lease, app.Services.GetRequiredService<Lease>().Token);
    }

    /// <summary>Minutes of the history that have begun at an instant.</summary>
    private static int SeenBy(DateTimeOffset now) => Math.Min(Minutes, (int)Math.Floor((now - Start.AddSeconds(-30).AddMinutes(-Minutes)).TotalMinutes));

    /// <summary>Lets time pass until the status is as wanted.</summary>
    private static async Task<SloStatus> UntilAsync(InProcessApp app, ManualClock clock, string slo, Func<SloStatus, bool> wanted)
    {
        SloStatus? found = null;
        await Eventually.TrueAsync(
            async () =>
            {
                clock.Advance(TimeSpan.FromMilliseconds(100));
                using var response = await app.Http.GetAsync($"/api/v1/slos/{slo}", Token);
                found = response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<SloStatus>(StoreJson.Options, Token) : null;
                return found is not null && wanted(found);
            },
            Token,
            TimeSpan.FromSeconds(60));
        return found!;
    }

    private static string Sample(string sli, DateTimeOffset at) =>
        $$"""{"sli":"{{sli}}","at":"{{at:yyyy-MM-dd'T'HH:mm:ss'Z'}}","good":{{EventsPerMinute}},"total":{{EventsPerMinute}}}""";

    private static async Task<HttpStatusCode> PostAsync(InProcessApp app, string batchId, IEnumerable<string> samples)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/samples?batchId={batchId}")
        {
            Content = new StringContent(string.Join('\n', samples), Encoding.UTF8, "application/x-ndjson"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AppProcess.IntakeKey);
        using var response = await app.Http.SendAsync(request, Token);
        return response.StatusCode;
    }
}
