using System.Net;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Audit.Store;
using OpsDashboard.Application.Keys;
using OpsDashboard.Application.Keys.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Requests.Idempotency;
using OpsDashboard.Application.Tests.Slos;
using OpsDashboard.Domain.Keys;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Keys;

/// <summary>The life of a key, as its program and its owner meet it.</summary>
public sealed class KeyTests(SharedKeys shared) : IClassFixture<SharedKeys>
{
    private const string Slos = "/api/v1/slos";

    private static readonly CreateKey Reader = new() { Name = "billing exporter", Verbs = [Access.View], Days = 30 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_Made_OpensTheDoorAndIsKeptAsAHashAlone()
    {
        var stage = shared.Stage;
        var made = await stage.MakeAsync(Reader with { Name = "hashed" });

        Assert.Equal(HttpStatusCode.OK, (await stage.CallAsync(made.Key, Slos)).StatusCode);
        Assert.Equal(KeyStage.Now.AddDays(30), made.ExpiresAt);
        var row = await stage.ReadAsync(db => db.Set<ApiKeyRow>().SingleAsync(key => key.Id == made.Id, Token));
        Assert.DoesNotContain(made.Key[20..], System.Text.Json.JsonSerializer.Serialize(row), StringComparison.Ordinal);
        var told = await stage.ReadAsync(db => db.Set<AuditEntryRow>().Select(entry => entry.Body).ToListAsync(Token));
        Assert.DoesNotContain(told, body => body.Contains(made.Key[20..], StringComparison.Ordinal) || body.Contains(row.KeyHash, StringComparison.Ordinal));
    }

    [Fact]
    public async Task KeyMadeTwice_UnderOneIdempotencyKey_IsNotRememberedInClear()
    {
        var stage = shared.Stage;
        await stage.SendWithIdempotencyAsync(Reader with { Name = "repeated" }, "same");

        Assert.Equal(0, await stage.ReadAsync(db => db.Set<AnsweredCommandRow>().CountAsync(Token)));
    }

    [Fact]
    public async Task Rotation_OfAKey_LeavesTwoGoodOnesAndNoThird()
    {
        var stage = shared.Stage;
        var first = await stage.MakeAsync(Reader with { Name = "rotated" });
        var second = (await stage.SendAsync(new RotateKey(first.Id))).Value;

        Assert.Equal(HttpStatusCode.OK, (await stage.CallAsync(first.Key, Slos)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await stage.CallAsync(second.Key, Slos)).StatusCode);
        Assert.Equal(FailureKind.Conflict, (await stage.SendAsync(new RotateKey(second.Id))).Failure!.Kind);
        await stage.SendAsync(new RevokeKey(first.Id));
        Assert.Equal(HttpStatusCode.Unauthorized, (await stage.CallAsync(first.Key, Slos)).StatusCode);
        Assert.True((await stage.SendAsync(new RotateKey(second.Id))).Succeeded);
    }

    [Fact]
    public async Task Key_WithLimits_DoesWhatItMayAndNothingElse()
    {
        var stage = shared.Stage;
        var ingest = await stage.MakeAsync(new CreateKey { Name = "pipeline", Verbs = [Access.Ingest], Sources = [KeySource.Deployments] });
        var elsewhere = await stage.MakeAsync(new CreateKey { Name = "mesh", Verbs = [Access.Ingest, Access.View], Places = ["agent-mesh"] });
        var batch = new { batchId = "one", samples = new[] { new { sli = SloStage.Availability.SliId, at = "2026-11-22T10:30:00Z", good = 1, total = 1 } } };

        Assert.Equal(HttpStatusCode.Forbidden, (await stage.CallAsync(ingest.Key, "/api/v1/samples", HttpMethod.Post, batch)).StatusCode);
        Assert.False((await stage.CallAsync(ingest.Key, Slos)).IsSuccessStatusCode);
        var rejected = await (await stage.CallAsync(elsewhere.Key, "/api/v1/samples", HttpMethod.Post, batch)).Content.ReadAsStringAsync(Token);
        Assert.Contains("No SLI is defined as", rejected, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await stage.CallAsync(elsewhere.Key, $"{Slos}/{Uri.EscapeDataString(SloStage.Availability.Id)}")).StatusCode);
        Assert.False((await stage.CallAsync(elsewhere.Key, "/api/v1/keys")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Maker_OfAKey_GivesNoMoreThanTheyHaveAndNothingUnknown()
    {
        var stage = shared.Stage;
        var keeper = new Caller("keeper", new HashSet<Access> { Access.View, Access.ManageKeys });

        Assert.Equal(FailureKind.Forbidden, (await stage.SendAsync(Reader with { Verbs = [Access.Administer] }, keeper)).Failure!.Kind);
        Assert.True((await stage.SendAsync(Reader with { Name = "given", Verbs = [Access.View, Access.Ingest] }, keeper)).Succeeded);
        Assert.Equal("verbs.grantable", (await stage.SendAsync(Reader with { Verbs = [Access.ManagePeople] })).Failure!.Faults.Single().Rule);
        Assert.Equal("/days", (await stage.SendAsync(Reader with { Days = 0 })).Failure!.Faults.Single().Pointer);
        Assert.Equal("/days", (await stage.SendAsync(Reader with { Days = 91 })).Failure!.Faults.Single().Pointer);
        Assert.True((await stage.SendAsync(Reader with { Name = "longest", Days = KeyTerms.MostDays })).Succeeded);
        Assert.Equal("/places/0", (await stage.SendAsync(Reader with { Places = ["nowhere"] })).Failure!.Faults.Single().Pointer);
        Assert.Equal(FailureKind.Forbidden, (await stage.SendAsync(Reader, new Caller("other", new HashSet<Access> { Access.Administer }))).Failure!.Kind);
    }

    [Fact]
    public async Task Key_InTheAddress_IsRefusedEvenWhenItIsGood()
    {
        var stage = shared.Stage;
        var made = await stage.MakeAsync(Reader with { Name = "addressed" });

        foreach (var address in new[] { $"{Slos}?platform={made.Key}", $"{Slos}?api_key=anything", $"{Slos}?access_token={made.Key}", $"/catalog?x={made.Key}" })
        {
            var refused = await stage.CallAsync(made.Key, address);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains("Authorization", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }
    }
}

/// <summary>One instance for what leaves no trace on the others.</summary>
public sealed class SharedKeys : IAsyncLifetime
{
    internal KeyStage Stage { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Stage = await KeyStage.SetAsync();
        await Stage.App.PlantAsync(SloStage.Availability, KeyStage.Now.AddDays(-1));
    }

    public ValueTask DisposeAsync() => Stage.DisposeAsync();
}
