using System.Collections.Concurrent;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Keys.Watch;

/// <summary>
/// Remembers which keys were used and refused until that is written: a use costs its request no write. Bounded: what is refused beyond
/// it is counted in one line.
/// </summary>
public sealed class KeyLedger(TimeProvider time)
{
    internal const int MostRefusals = 200;

    private readonly ConcurrentDictionary<string, (ApiKeyGrant Key, long AtMs, string? From)> used = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private Dictionary<RefusedKey, int> refused = [];

    public void NoteUse(ApiKeyGrant key, string? from) => used[key.Id] = (key, time.NowMs(), from);

    public void NoteRefusal(string? keyId, KeyRefusal why, string? from)
    {
        lock (gate)
        {
            var what = new RefusedKey(keyId, why, from);
            if (refused.Count >= MostRefusals && !refused.ContainsKey(what))
            {
                what = new RefusedKey(null, why, null);
            }

            refused[what] = refused.GetValueOrDefault(what) + 1;
        }
    }

    internal IReadOnlyList<(ApiKeyGrant Key, long AtMs, string? From)> TakeUses()
    {
        var taken = new List<(ApiKeyGrant, long, string?)>();
        foreach (var id in used.Keys)
        {
            if (used.TryRemove(id, out var use))
            {
                taken.Add(use);
            }
        }

        return taken;
    }

    internal IReadOnlyDictionary<RefusedKey, int> TakeRefusals()
    {
        lock (gate)
        {
            var taken = refused;
            refused = [];
            return taken;
        }
    }
}

/// <param name="KeyId">Null: the text was no key, or there were too many to tell apart.</param>
internal sealed record RefusedKey(string? KeyId, KeyRefusal Why, string? From);
