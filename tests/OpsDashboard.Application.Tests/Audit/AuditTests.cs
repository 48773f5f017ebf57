using System.Diagnostics;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Audit;
using OpsDashboard.Application.Audit.Reading;
using OpsDashboard.Application.Audit.Signing;
using OpsDashboard.Application.Audit.Store;
using OpsDashboard.Application.Audit.Verification;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Editing;
using OpsDashboard.Application.Slos.Maintenance;
using OpsDashboard.Domain.Audit;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Audit;

public sealed class AuditTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 10, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualClock _clock = new(Now);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Command_Done_LeavesAnEntryWithWhoWhatAndTheFieldsItChanged()
    {
        await using var app = await InProcessApp.StartAsync(Token, _clock);
        await PlanAsync(app, "Patch the gateway");

        var entry = (await SendAsync(app, new ListAudit { Action = nameof(PlanMaintenance) })).Value.Entries.Single();
        Assert.Equal(("Lead, Serving team", AuditOutcome.Done), (entry.Actor, entry.Outcome));
        Assert.Equal(Now, entry.At);
        using var body = JsonDocument.Parse(entry.Body);
        Assert.Equal("192.0.2.7", body.RootElement.GetProperty("from").GetString());
        Assert.Contains(body.RootElement.GetProperty("changes").EnumerateArray(), change =>
            change[0].GetString() == "Maintenance" && change[2].GetString() == "Reason" && change[3].GetString() is null && change[4].GetString() == "Patch the gateway");
    }

    [Fact]
    public async Task Command_RefusedOrDenied_LeavesAnEntryAndNoChange()
    {
        await using var app = await InProcessApp.StartAsync(Token, _clock);
        var wrong = await SendAsync(app, new CancelMaintenance(4711));
        Assert.Equal(FailureKind.NotFound, wrong.Failure!.Kind);
        var denied = await SendAsync(app, new CancelMaintenance(4711), Caller.Anonymous);
        Assert.Equal(FailureKind.Forbidden, denied.Failure!.Kind);

        var entries = (await SendAsync(app, new ListAudit { Action = nameof(CancelMaintenance) })).Value.Entries;
        Assert.Equal([(AuditOutcome.Denied, "anonymous"), (AuditOutcome.Refused, "Lead, Serving team")], entries.Select(entry => (entry.Outcome, entry.Actor)));
        Assert.All(entries, entry => Assert.Equal("4711", entry.Object));
    }

    [Fact]
    public async Task Command_WithASecret_IsRecordedWithoutIt()
    {
        await using var app = await InProcessApp.StartAsync(Token, _clock);
        var outcome = await SendAsync(app, new Application.Telemetry.Prometheus.SavePrometheusSource
        {
            Platform = "shop",
            Name = "main",
            Url = "http://prometheus:9090",
            Settings = new() { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["X-Scope"] = "s3cret-value" } },
        });
        Assert.True(outcome.Succeeded, outcome.Failure?.Message);

        var entry = (await SendAsync(app, new ListAudit { Action = "SavePrometheusSource" })).Value.Entries.Single();
        Assert.DoesNotContain("s3cret-value", entry.Body, StringComparison.Ordinal);
        Assert.Contains(Redaction.Mark, entry.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writers_Many_MakeOneUnbrokenChain()
    {
        await using var app = await InProcessApp.StartAsync(Token, _clock);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => SendAsync(app, new CancelMaintenance(number))));
        await SealAsync(app);

        var found = (await SendAsync(app, new VerifyAudit())).Value;
        Assert.Null(found.Fault);
        Assert.True(found.Entries >= 40);
        Assert.Equal(found.Last, found.SealedThrough);
    }

    [Theory]
    [InlineData("UPDATE AuditEntries SET Actor = 'nobody'")]
    [InlineData("DELETE FROM AuditEntries")]
    [InlineData("UPDATE AuditSeals SET KeyId = 'x'")]
    [InlineData("DELETE FROM AuditSeals")]
    [InlineData("UPDATE AuditHead SET Sequence = 0")]
    [InlineData("DELETE FROM AuditHead")]
    public async Task Store_AskedToForget_Refuses(string statement)
    {
        await using var app = await StartedAsync();
        using var store = StoreFile.Open(app.DataDirectory);
        using var command = store.CreateCommand();
        command.CommandText = statement;
        Assert.Contains("only", Assert.Throws<SqliteException>(() => command.ExecuteNonQuery()).Message.Replace("stays", "only", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE AuditEntries SET Body = replace(Body, 'first', 'worst') WHERE Sequence = 1", 1, "chain.hash")]
    [InlineData("DELETE FROM AuditEntries WHERE Sequence = 2", 2, "chain.gap")]
    [InlineData("DELETE FROM AuditEntries WHERE Sequence >= 2", 2, "chain.truncated")]
    [InlineData("DELETE FROM AuditEntries WHERE Sequence >= 2; DELETE FROM AuditSeals; UPDATE AuditHead SET Sequence = 1, Hash = (SELECT Hash FROM AuditEntries WHERE Sequence = 1)", 2, "anchor.ahead")]
    [InlineData("UPDATE AuditSeals SET Hash = replace(Hash, substr(Hash, 1, 1), 'x')", 3, "seal.signature")]
    [InlineData("UPDATE AuditHead SET FirstKey = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='; DELETE FROM AuditSeals", 3, "key.unknown")]
    public async Task Store_ForgedByItsOwner_IsFoundOut(string statements, long sequence, string rule)
    {
        await using var app = await StartedAsync();
        using (var store = StoreFile.Open(app.DataDirectory))
        using (var command = store.CreateCommand())
        {
            command.CommandText = "DROP TRIGGER AuditEntries_AppendOnly; DROP TRIGGER AuditEntries_Keep; DROP TRIGGER AuditSeals_AppendOnly; DROP TRIGGER AuditSeals_Keep; DROP TRIGGER AuditHead_Forward; DROP TRIGGER AuditHead_Keep; " + statements;
            command.ExecuteNonQuery();
        }

        var fault = (await SendAsync(app, new VerifyAudit())).Value.Fault!;
        Assert.Equal((sequence, rule), (fault.Sequence, fault.Rule));
    }

    [Fact]
    public async Task Key_Rotated_IsTakenOverInTheChainAndAStrangersIsNot()
    {
        using var data = new TempDirectory();
        var (first, second, third) = (AuditKey.New(), AuditKey.New(), AuditKey.New());
        var files = new[] { first, second, third }.Select((key, number) =>
        {
            var path = Path.Combine(data.FullPath, $"key-{number}");
            key.Write(path);
            return path;
        }).ToList();
        await using (var app = await InProcessApp.StartAsync(Token, _clock, data.FullPath, [$"Audit:KeyFile={files[0]}"]))
        {
            await PlanAsync(app, "first");
            await SealAsync(app);
        }

        await using (var app = await InProcessApp.StartAsync(Token, _clock, data.FullPath, [$"Audit:KeyFile={files[1]}", $"Audit:PreviousKeyFile={files[0]}"]))
        {
            await PlanAsync(app, "second");
            await SealAsync(app);
            var found = (await SendAsync(app, new VerifyAudit())).Value;
            Assert.Null(found.Fault);
            Assert.Equal(second.Id, found.KeyId);
        }

        await using var stranger = await InProcessApp.StartAsync(Token, _clock, data.FullPath, [$"Audit:KeyFile={files[2]}"]);
        Assert.Equal("key.unknown", (await SendAsync(stranger, new VerifyAudit())).Value.Fault!.Rule);
    }

    [Fact]
    public async Task Entries_BeyondTheirRetention_LeaveASignedGap()
    {
        await using var app = await StartedAsync();
        _clock.StepTo(Now.AddYears(7).AddDays(1));
        await PlanAsync(app, "seven years later");
        Assert.Equal(3, await app.Services.GetRequiredService<AuditSealer>().PurgeAsync(Token));
        await SealAsync(app);

        var found = (await SendAsync(app, new VerifyAudit())).Value;
        Assert.Null(found.Fault);
        Assert.Equal((1, 3), (found.Entries, found.RemovedThrough));
    }

    [Fact]
    public async Task Export_IsVerifiedByForgedLinesAndWithoutThisProduct()
    {
        await using var app = await StartedAsync();
        using var data = new TempDirectory();
        var file = Path.Combine(data.FullPath, "audit.ndjson");
        await using (var scope = app.Services.CreateAsyncScope())
        await using (var output = File.Create(file))
        {
            Assert.Equal(3, await scope.ServiceProvider.GetRequiredService<AuditExport>().WriteAsync(output, Token));
        }

        Assert.Equal((0, "3 entries hold together, sealed through 3"), await VerifyOutsideAsync(file));
        var text = await File.ReadAllTextAsync(file, Token);
        await File.WriteAllTextAsync(file, text.Replace("second", "sekond", StringComparison.Ordinal), Token);
        Assert.Equal((1, "FAULT at entry 2: it does not follow from the one before"), await VerifyOutsideAsync(file));
        await File.WriteAllTextAsync(file, text.Replace("\"atMs\":", "\"atMs\":1", StringComparison.Ordinal), Token);
        Assert.Equal((1, "FAULT at entry 3: the signature is wrong"), await VerifyOutsideAsync(file));
    }

    /// <summary>Three entries, sealed.</summary>
    private async Task<InProcessApp> StartedAsync()
    {
        var app = await InProcessApp.StartAsync(Token, _clock);
        await PlanAsync(app, "first");
        await PlanAsync(app, "second");
        await PlanAsync(app, "third");
        await SealAsync(app);
        return app;
    }

    private static Task SealAsync(InProcessApp app) => app.Services.GetRequiredService<AuditSealer>().SealAsync(1, Token);

    private async Task PlanAsync(InProcessApp app, string reason)
    {
        var start = _clock.GetUtcNow().AddDays(5).AddHours(2 * reason.Length + reason[0]);
        var outcome = await SendAsync(app, new PlanMaintenance { Platform = "mlops", Start = start, End = start.AddHours(1), Reason = reason });
        Assert.True(outcome.Succeeded, outcome.Failure?.Message);
    }

    private static async Task<Outcome<T>> SendAsync<T>(InProcessApp app, MediatR.IRequest<Outcome<T>> request, Caller? caller = null)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<CallerContext>();
        context.Current = caller ?? TestCallers.Known("lead-serving", "Lead, Serving team");
        context.Address = "192.0.2.7";
        return await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(request, Token);
    }

    private static async Task<(int Code, string Said)> VerifyOutsideAsync(string file)
    {
        var start = new ProcessStartInfo("node") { ArgumentList = { Path.Combine(Repository.Root, "docs", "audit-verify.mjs"), file }, RedirectStandardOutput = true, UseShellExecute = false };
        using var node = Process.Start(start)!;
        var said = await node.StandardOutput.ReadToEndAsync(Token);
        await node.WaitForExitAsync(Token);
        return (node.ExitCode, said.Trim());
    }
}
