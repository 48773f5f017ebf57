using System.Security.Cryptography;
using System.Text;

namespace OpsDashboard.Application.Platform.Requests;

/// <summary>The keys programs may write with, until accounts bring keys of their own.</summary>
public sealed class KeyRing
{
    private volatile IReadOnlyList<(string Name, byte[] Hash)> keys = [];

    /// <summary>A key of this name replaces the one before.</summary>
    public void Add(string name, string key) =>
        keys = [.. keys.Where(known => known.Name != name), (name, Hash(key))];

    /// <returns>The name of the key, or null for one that is not known.</returns>
    public string? Find(string key)
    {
        var hash = Hash(key);
        string? found = null;
        foreach (var (name, known) in keys)
        {
            // Every key is compared, and in constant time: how long it took tells nothing.
            found = CryptographicOperations.FixedTimeEquals(hash, known) ? name : found;
        }

        return found;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
