using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Demo;

/// <summary>Makes a key for trying the intake at the demo's first start, and puts it on the ring at every later one.</summary>
internal sealed class DemoKey(
    IServiceScopeFactory scopes,
    KeyRing keys,
    IConfiguration configuration,
    IOptions<DemoOptions> options,
    TimeProvider time,
    ILogger<DemoKey> log) : IStartupStep
{
    private const string SettingName = "demo.key";
    private const int KeyBytes = 24;

    public int Order => 30;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var known = await ReadAsync(db, cancellationToken);
        if (known is null)
        {
            known = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
            db.Add(new SettingRow { Name = SettingName, Value = known });
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                DemoLog.KeyMade(log, known, Example(known));
            }
            catch (DbUpdateException fault) when (scope.ServiceProvider.GetRequiredService<IStoreProvider>().IsDuplicateKey(fault))
            {
                // Another process made it in the same moment.
                db.ChangeTracker.Clear();
                known = await ReadAsync(db, cancellationToken) ?? throw new InvalidOperationException("The demo's key is gone.", fault);
            }
        }

        keys.Add(DemoFeed.KeyName, known);
    }

    private static Task<string?> ReadAsync(OpsDbContext db, CancellationToken cancellationToken) => db.Set<SettingRow>().AsNoTracking()
        .Where(row => row.Name == SettingName)
        .Select(row => row.Value)
        .SingleOrDefaultAsync(cancellationToken);

    private string Example(string key)
    {
        var address = (configuration["urls"] ?? "").Split(';')[0] is { Length: > 0 } url ? url : "http://localhost:5080";
        var at = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        return $$"""
            curl -H 'Authorization: Bearer {{key}}' -H 'Content-Type: application/json' -d '{"batchId":"first","samples":[{"sli":"mlops/ab-testing/availability","at":"{{at}}","good":0,"total":300}]}' {{address}}/api/v1/samples
            """;
    }
}
