using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Keys;
using OpsDashboard.Application.Keys.Limits;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Keys;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Keys;

public sealed class TierLimitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ApiKeyGrant Grant(KeyTier tier) => new("0123456789", "tester", tier, new HashSet<Access> { Access.View }, [], [], long.MaxValue, WasUsed: true);

    [Fact]
    public async Task TwoNodes_OnOneStore_CountTogetherAndRevokeTogether()
    {
        await using var one = await KeyStage.SetAsync();
        await using var other = await KeyStage.SetAsync(one);
        await CountAsync(one, other, KeyTier.Free, 60);
        await CountAsync(one, other, KeyTier.Professional, 600);

        var made = await one.MakeAsync(new CreateKey { Name = "two nodes", Verbs = [Access.View] });
        await Eventually.TrueAsync(async () => (await other.CallAsync(made.Key, "/api/v1/slos")).StatusCode == HttpStatusCode.OK, Token);
        await one.SendAsync(new RevokeKey(made.Id));
        Assert.Equal(HttpStatusCode.Unauthorized, (await one.CallAsync(made.Key, "/api/v1/slos")).StatusCode);
        // The other node hears of it by its feed, which asks every quarter of a second of the clock that is advanced here.
        await Eventually.TrueAsync(
            async () =>
            {
                one.Clock.Advance(TimeSpan.FromMilliseconds(250));
                return (await other.CallAsync(made.Key, "/api/v1/slos")).StatusCode == HttpStatusCode.Unauthorized;
            },
            Token);
    }

    private static async Task CountAsync(KeyStage one, KeyStage other, KeyTier tier, int limit)
    {
        TierLimiter[] nodes = [one.App.Services.GetRequiredService<TierLimiter>(), other.App.Services.GetRequiredService<TierLimiter>()];
        var random = new Random(7);
        for (var minute = 0; minute < 3; minute++)
        {
            var granted = 0;
            for (var asked = 0; asked < limit * 2; asked++)
            {
                // The last fifth comes to one node alone, as when a balancer drops the other.
                var node = nodes[asked > limit * 8 / 5 ? minute % 2 : random.Next(2)];
                granted += (await node.TakeAsync(Grant(tier), Token)).IsGranted ? 1 : 0;
            }

            Assert.InRange(granted, limit * 9 / 10, limit);
            one.Clock.StepTo(one.Clock.GetUtcNow().AddMinutes(1));
        }
    }

    [Fact]
    public async Task Request_BeyondTheMinute_IsToldWhenToComeAgain()
    {
        await using var stage = await KeyStage.SetAsync(null, "Keys:FreePerMinute=2", "Keys:ProfessionalPerMinute=100");
        var limiter = stage.App.Services.GetRequiredService<TierLimiter>();

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => limiter.TakeAsync(Grant(KeyTier.Professional), Token), Token)));
        Assert.Equal(100, answers.Count(answer => answer.IsGranted));
        Assert.All(answers, answer => Assert.InRange(answer.Remaining, 0, 99));

        stage.Clock.StepTo(KeyStage.Now.AddSeconds(20));
        var made = await stage.MakeAsync(new CreateKey { Name = "small", Verbs = [Access.View], Tier = KeyTier.Free });

        Assert.Equal(HttpStatusCode.OK, (await stage.CallAsync(made.Key, "/api/v1/slos")).StatusCode);
        var last = await stage.CallAsync(made.Key, "/api/v1/slos");
        var refused = await stage.CallAsync(made.Key, "/api/v1/slos");

        Assert.Equal("\"free\";q=2;w=60", last.Headers.GetValues("RateLimit-Policy").Single());
        Assert.Equal("\"free\";r=0;t=40", last.Headers.GetValues("RateLimit").Single());
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("40", refused.Headers.RetryAfter?.Delta?.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        // Alerts are never turned away for their number: the answer is that of an integration that is not known.
        Assert.Equal(HttpStatusCode.NotFound, (await stage.CallAsync(made.Key, "/api/v1/integrations/unknown/heartbeat", HttpMethod.Post)).StatusCode);

        stage.Clock.StepTo(KeyStage.Now.AddSeconds(60));
        Assert.Equal(HttpStatusCode.OK, (await stage.CallAsync(made.Key, "/api/v1/slos")).StatusCode);
    }
}
