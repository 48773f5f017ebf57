using System.Text.Json;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Audit;

namespace OpsDashboard.Application.Audit.Verification;

/// <summary>The newest checkpoint in a file outside the store: a store that was put back to an older day does not agree with it.</summary>
internal sealed class AuditAnchor(IOptions<AuditOptions> options, IOptions<StoreOptions> store)
{
    private string Path => options.Value.AnchorFile is { Length: > 0 } file ? file : System.IO.Path.Combine(store.Value.DataDirectory, "audit-anchor.json");

    /// <returns>Null where none was kept yet.</returns>
    /// <exception cref="JsonException">The file holds something else.</exception>
    public AuditSeal? Read() => File.Exists(Path) ? JsonSerializer.Deserialize<AuditSeal>(File.ReadAllText(Path), StoreJson.Options) : null;

    /// <summary>Replaces the file as a whole; never by an older checkpoint, since several processes may keep it.</summary>
    public void Keep(AuditSeal seal)
    {
        if (Read() is { } kept && kept.Sequence >= seal.Sequence)
        {
            return;
        }

        var next = $"{Path}.{Environment.ProcessId}";
        File.WriteAllText(next, JsonSerializer.Serialize(seal, StoreJson.Options));
        File.Move(next, Path, overwrite: true);
    }
}
