using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Catalog.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Catalog;

/// <summary>A series the intake knows.</summary>
public sealed record Series(int Id, string Path, SliKind Kind);

/// <summary>
/// All series by path, looked up straight from the bytes of a request. Kept fresh by the change feed.
/// </summary>
public sealed class SeriesDirectory
{
    private readonly IServiceScopeFactory scopes;
    private volatile Snapshot current = new([]);

    public SeriesDirectory(IServiceScopeFactory scopes) => this.scopes = scopes;

    public IReadOnlyCollection<Series> All => current.ByPath.Values;

    public bool TryFind(ReadOnlySpan<byte> utf8Path, [NotNullWhen(true)] out Series? series) => current.ByBytes.TryGetValue(utf8Path, out series);

    public bool TryFind(string path, [NotNullWhen(true)] out Series? series) => current.ByPath.TryGetValue(path, out series);

    public bool TryFind(int id, [NotNullWhen(true)] out Series? series) => current.ById.TryGetValue(id, out series);

    /// <summary>Reads all series again.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var rows = await db.Set<SliRow>().AsNoTracking()
            .Select(row => new Series(row.Id, row.Path, row.Kind))
            .ToListAsync(cancellationToken);
        current = new Snapshot(rows);
    }

    private sealed class Snapshot
    {
        private readonly Dictionary<byte[], Series> byBytes;

        public Snapshot(IReadOnlyList<Series> series)
        {
            ByPath = series.ToDictionary(one => one.Path, StringComparer.Ordinal);
            ById = series.ToDictionary(one => one.Id);
            byBytes = series.ToDictionary(one => Encoding.UTF8.GetBytes(one.Path), Utf8Comparer.Instance);
            ByBytes = byBytes.GetAlternateLookup<ReadOnlySpan<byte>>();
        }

        public Dictionary<string, Series> ByPath { get; }

        public Dictionary<int, Series> ById { get; }

        public Dictionary<byte[], Series>.AlternateLookup<ReadOnlySpan<byte>> ByBytes { get; }
    }

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly Utf8Comparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] bytes) => GetHashCode(bytes.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> bytes)
        {
            var hash = default(HashCode);
            hash.AddBytes(bytes);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}

/// <summary>Keeps the directory fresh on every node.</summary>
internal sealed class SeriesDirectoryRefresh(SeriesDirectory directory) : IFeedListener
{
    public Task OnNoticesAsync(IReadOnlyList<Notice> notices, CancellationToken cancellationToken) =>
        notices.Any(notice => notice.Topic == "catalog") ? directory.LoadAsync(cancellationToken) : Task.CompletedTask;

    public Task RefreshAsync(CancellationToken cancellationToken) => directory.LoadAsync(cancellationToken);
}
