using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.OnCall.Store;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.OnCall.Policies;

/// <summary>Brings the contracts' policies into a store that does not have them yet; what someone edited or removed stays as it is.</summary>
internal sealed class LoadShippedPolicies(IServiceScopeFactory scopes, TimeProvider time) : IStartupStep
{
    private const string Setting = "oncall.policies.version";

    public int Order => 30;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await LoadAsync(db, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        });
    }

    private async Task LoadAsync(OpsDbContext db, CancellationToken cancellationToken)
    {
        var known = await db.Set<SettingRow>().SingleOrDefaultAsync(row => row.Name == Setting, cancellationToken);
        var version = ShippedPolicies.Version.ToString(CultureInfo.InvariantCulture);
        if (known?.Value == version)
        {
            return;
        }

        var stored = await db.Set<PolicyRow>().Select(row => row.Id).ToListAsync(cancellationToken);
        var now = time.NowMs();
        db.AddRange(ShippedPolicies.All.Where(policy => !stored.Contains(policy.Policy.Id, StringComparer.Ordinal)).Select(policy => RowOf(policy, now)));
        if (known is null)
        {
            db.Add(new SettingRow { Name = Setting, Value = version });
        }
        else
        {
            known.Value = version;
        }

        db.AnnounceOnCall(now);
        await db.SaveChangesAsync(cancellationToken);
    }

    private static PolicyRow RowOf(ShippedPolicy shipped, long now) => new()
    {
        Id = shipped.Policy.Id,
        Name = shipped.Policy.Name,
        Path = shipped.Path,
        Repeats = shipped.Policy.Repeats,
        Levels = JsonSerializer.Serialize(shipped.Policy.Levels, StoreJson.Options),
        Scopes = JsonSerializer.Serialize(shipped.Scopes, StoreJson.Options),
        Document = shipped.Document,
        Section = shipped.Section,
        Quote = shipped.Quote,
        WithinSeconds = shipped.WithinSeconds,
        Version = 1,
        Author = ShippedPolicies.Author,
        UpdatedAtMs = now,
    };
}
