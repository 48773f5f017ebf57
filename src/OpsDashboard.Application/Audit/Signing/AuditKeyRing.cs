using Microsoft.Extensions.Options;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Audit.Signing;

/// <summary>The key this process signs with, from the environment or a file.</summary>
internal sealed class AuditKeyRing(IOptions<AuditOptions> options, IOptions<StoreOptions> store)
{
    private readonly Lazy<AuditKey> current = new(() => Load(options.Value, store.Value.DataDirectory));

    public AuditKey Current => current.Value;

    /// <summary>The key before, where one is named; null otherwise.</summary>
    public AuditKey? Previous => options.Value.PreviousKeyFile is { Length: > 0 } file ? AuditKey.Read(file) : null;

    private static AuditKey Load(AuditOptions options, string dataDirectory)
    {
        if (options.Key.Length > 0)
        {
            return AuditKey.TryParse(options.Key, out var key) ? key! : throw new InvalidDataException("Audit:Key must be 32 bytes in base64.");
        }

        var file = options.KeyFile.Length > 0 ? options.KeyFile : Path.Combine(dataDirectory, "audit-key");
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            try
            {
                AuditKey.New().Write(file);
            }
            catch (IOException) when (File.Exists(file))
            {
                // Another process on the same directory was a moment faster; its key is as good.
            }
        }

        return AuditKey.Read(file);
    }
}
