using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Audit.Store;
using OpsDashboard.Application.Keys;
using OpsDashboard.Application.Keys.Store;
using OpsDashboard.Application.Keys.Watch;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Keys;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Keys;

/// <summary>What time does to keys.</summary>
public sealed class KeyLifeTests
{
    private const string Slos = "/api/v1/slos";

    private static readonly CreateKey Reader = new() { Name = "billing exporter", Verbs = [Access.View], Days = 30 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Use_OfAKey_IsToldOnceAMinuteAndAuditedTheFirstTime()
    {
        await using var stage = await KeyStage.SetAsync();
        var made = await stage.MakeAsync(Reader);
        await stage.CallAsync(made.Key, Slos);
        await stage.CallAsync(made.Key, Slos);
        await stage.CallAsync(made.Key[..^1], Slos);
        await stage.CallAsync(ApiKeyText.Create().Full, Slos);

        await WrittenAsync(stage, () => UsesAsync(stage, 3));
        await stage.CallAsync(made.Key, Slos);
        var last = stage.Clock.GetUtcNow();
        await WrittenAsync(stage, async () => (await stage.SendAsync(new ListKeys())).Value.Single().LastUsedAt >= last);

        var uses = await stage.ReadAsync(db => db.Set<AuditEntryRow>().Where(entry => entry.Action == "UseKey").ToListAsync(Token));
        Assert.Single(uses, entry => entry.Object == made.Id && entry.Outcome == OpsDashboard.Domain.Audit.AuditOutcome.Done);
        Assert.Equal(2, uses.Count(entry => entry.Outcome == OpsDashboard.Domain.Audit.AuditOutcome.Denied));
        Assert.Equal("127.0.0.1", (await stage.SendAsync(new ListKeys())).Value.Single().LastUsedFrom);
    }

    [Fact]
    public async Task Key_NearingItsEnd_IsWarnedOfOnceAndRefusedWhenItHasCome()
    {
        await using var stage = await KeyStage.SetAsync();
        var lone = await stage.MakeAsync(Reader);
        var followed = await stage.MakeAsync(Reader with { Name = "followed" });
        await stage.SendAsync(new RotateKey(followed.Id));
        var watch = stage.App.Services.GetRequiredService<KeyExpiryWatch>();

        stage.Clock.StepTo(lone.ExpiresAt.AddDays(-14).AddSeconds(-1));
        await watch.LookAsync(Token);
        Assert.Empty(await WarnedAsync(stage));

        stage.Clock.StepTo(lone.ExpiresAt.AddDays(-14));
        await watch.LookAsync(Token);
        await watch.LookAsync(Token);
        Assert.Equal([lone.Id], await WarnedAsync(stage));
        Assert.Equal(KeyState.Expiring, (await stage.SendAsync(new ListKeys())).Value.Single(key => key.Id == lone.Id).State);

        stage.Clock.StepTo(lone.ExpiresAt.AddMilliseconds(-1));
        Assert.Equal(HttpStatusCode.OK, (await stage.CallAsync(lone.Key, Slos)).StatusCode);
        stage.Clock.StepTo(lone.ExpiresAt);
        var refused = await stage.CallAsync(lone.Key, Slos);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("expired", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
    }

    private static Task<List<string>> WarnedAsync(KeyStage stage) =>
        stage.ReadAsync(db => db.Set<ApiKeyRow>().Where(row => row.WarnedAtMs != null).Select(row => row.Id).ToListAsync(Token));

    private static Task<bool> UsesAsync(KeyStage stage, int count) =>
        stage.ReadAsync(async db => await db.Set<AuditEntryRow>().CountAsync(entry => entry.Action == "UseKey", Token) == count);

    /// <summary>The writer has begun its wait at some moment unknown here, so the clock is advanced until it has written.</summary>
    private static Task WrittenAsync(KeyStage stage, Func<Task<bool>> written) => Eventually.TrueAsync(
        async () =>
        {
            stage.Clock.Advance(TimeSpan.FromMinutes(1));
            return await written();
        },
        Token);
}
