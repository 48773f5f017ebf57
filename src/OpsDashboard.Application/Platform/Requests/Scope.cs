namespace OpsDashboard.Application.Platform.Requests;

/// <summary>
/// What a right reaches: everything, or the listed platforms, services and schedules. A platform includes its services. Written
/// <c>platform</c>, <c>platform/service</c> and <c>schedule:id</c>.
/// </summary>
public sealed class Scope : IEquatable<Scope>
{
    public const int MaxPaths = 100;

    private readonly IReadOnlyList<string>? paths;

    private Scope(IReadOnlyList<string>? paths) => this.paths = paths;

    public static Scope Everything { get; } = new(null);

    public static Scope Nothing { get; } = new([]);

    /// <summary>Null when it reaches everything; sorted, each once.</summary>
    public IReadOnlyList<string>? Paths => paths;

    public bool IsEverything => paths is null;

    /// <param name="paths">Null: everything.</param>
    public static Scope Of(IEnumerable<string>? paths) =>
        paths is null ? Everything : new([.. paths.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    public bool Covers(Touched touched) => paths is null || paths.Any(path => touched.IsWithin(path));

    /// <summary>For rows that name a platform and perhaps a service of it.</summary>
    public bool Covers(string platform, string? service = null) => Covers(Touched.Service(platform, service));

    /// <summary>Whether anything of a platform is in reach: its page may be opened, its list then shows what is.</summary>
    public bool Meets(string platform) =>
        paths is null || paths.Any(path => path == platform || path.StartsWith(platform + "/", StringComparison.Ordinal));

    /// <summary>What either reaches.</summary>
    public Scope Or(Scope other) => paths is null || other.paths is null ? Everything : Of(paths.Concat(other.paths));

    /// <summary>What both reach.</summary>
    public Scope And(Scope other)
    {
        if (paths is null)
        {
            return other;
        }

        return other.paths is null
            ? this
            : Of(paths.Where(path => other.Covers(new Touched(path))).Concat(other.paths.Where(path => Covers(new Touched(path)))));
    }

    public bool Equals(Scope? other) =>
        other is not null && (paths is null ? other.paths is null : other.paths is not null && paths.SequenceEqual(other.paths, StringComparer.Ordinal));

    public override bool Equals(object? obj) => Equals(obj as Scope);

    public override int GetHashCode() => paths is null ? 0 : paths.Aggregate(paths.Count, (hash, path) => HashCode.Combine(hash, path));

    public override string ToString() => paths is null ? "everything" : string.Join(", ", paths);
}

/// <summary>One thing a request is about, written as a scope writes it.</summary>
public readonly record struct Touched(string Path)
{
    public static Touched Service(string platform, string? service) => new(string.IsNullOrEmpty(service) ? platform : $"{platform}/{service}");

    /// <summary>Of the path of a service, an SLI, an SLO or a probe: its service.</summary>
    public static Touched Of(string path) => new(string.Join('/', path.Split('/').Take(2)));

    public static Touched Schedule(string id) => new($"schedule:{id}");

    public bool IsWithin(string path) => Path == path || Path.StartsWith(path + "/", StringComparison.Ordinal);
}

/// <summary>What a request is about. Nothing of it: only a caller without limits may send it.</summary>
/// <param name="AnyIsEnough">Whether reaching one of them gives the right, as for an incident of several services.</param>
public sealed record Touches(IReadOnlyList<Touched> Items, bool AnyIsEnough = false)
{
    public static Touches One(Touched touched) => new([touched]);

    public bool AreWithin(Scope scope) => Items.Count > 0 && (AnyIsEnough ? Items.Any(scope.Covers) : Items.All(scope.Covers));
}

/// <summary>A request that says by itself what it is about. Implement it explicitly: a request is also written to the audit trail.</summary>
public interface IScoped
{
    Touches Touches { get; }
}

/// <summary>Takes out of a list what lies outside a caller's reach. Asked only for callers with limits, so that it costs nobody else anything.</summary>
internal interface ITrim<TRequest, TResponse>
{
    TResponse Trim(TResponse response, Scope scope);
}

/// <summary>Finds out what a request is about that only names an id. One a feature, asked only for callers with limits.</summary>
internal interface ITouchSource
{
    /// <returns>Null: not a request of this feature.</returns>
    ValueTask<Touches?> FindAsync(object request, CancellationToken cancellationToken);
}
