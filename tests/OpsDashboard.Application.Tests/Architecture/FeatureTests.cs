using System.Reflection;

namespace OpsDashboard.Application.Tests.Architecture;

/// <summary>The features keep to the edges of <see cref="FeatureEdges"/>, read from what was compiled.</summary>
public sealed class FeatureTests
{
    private const string Root = "OpsDashboard.Application.";

    private static readonly Assembly Application = Assembly.Load("OpsDashboard.Application");

    private static readonly IReadOnlyList<(Type From, Type To)> References =
    [
        .. from type in Application.GetTypes()
           where Feature(type) is not null
           from named in TypeReferences.Of(type)
           where named.Assembly == Application && Feature(named) is not null
           select (type, named),
    ];

    [Fact]
    public void Features_All_AreInTheTable()
    {
        var unknown = Application.GetTypes().Select(Feature).OfType<string>().Distinct()
            .Where(name => name != FeatureEdges.Readers && !FeatureEdges.Open.Contains(name) && !FeatureEdges.Table.ContainsKey(name));

        Findings.None(unknown);
    }

    [Fact]
    public void Edges_Listed_HaveNoCycle()
    {
        var settled = new HashSet<string>(StringComparer.Ordinal);
        while (FeatureEdges.Table.Where(edge => !settled.Contains(edge.Key) && edge.Value.All(settled.Contains)).Select(edge => edge.Key).ToList() is { Count: > 0 } next)
        {
            settled.UnionWith(next);
        }

        Assert.Empty(FeatureEdges.Table.Keys.Except(settled));
    }

    [Fact]
    public void Features_Compiled_KnowOnlyWhatTheTableAllows()
    {
        var forbidden = References
            .Where(reference => !FeatureEdges.Allows(Feature(reference.From)!, Feature(reference.To)!))
            .Select(reference => $"{Feature(reference.From)} -> {Feature(reference.To)}: {Outermost(reference.From)} names {reference.To}");

        Findings.None(forbidden);
    }

    [Fact]
    public void Features_Compiled_NameOnlyPublicTypesOfOthers()
    {
        var intruders = References
            .Where(reference => Feature(reference.From) != Feature(reference.To) && !FeatureEdges.Open.Contains(Feature(reference.To)!))
            .Where(reference => !reference.To.IsVisible)
            .Select(reference => $"{Outermost(reference.From)} names the internal {reference.To}");

        Findings.None(intruders);
    }

    [Fact]
    public void TypeReferences_OfAType_IncludeSignatureBodyAndAttributes()
    {
        var found = TypeReferences.Of(typeof(Sample));

        Assert.Superset(
            new HashSet<Type> { typeof(IDisposable), typeof(Uri), typeof(Version), typeof(List<>), typeof(ObsoleteAttribute), typeof(StringComparer) },
            found.ToHashSet());
    }

    [Theory]
    [InlineData("Slos", "Catalog", true)]
    [InlineData("Catalog", "Slos", false)]
    [InlineData("Slos", "Platform", true)]
    [InlineData("Platform", "Slos", false)]
    [InlineData("Live", "Platform", true)]
    [InlineData("Platform", "Live", true)]
    [InlineData("Live", "Telemetry", false)]
    [InlineData("Dashboards", "Incidents", true)]
    [InlineData("Slos", "Dashboards", false)]
    public void Edges_Asked_AreDirected(string from, string to, bool allowed) => Assert.Equal(allowed, FeatureEdges.Allows(from, to));

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static string? Feature(Type type) =>
        Outermost(type).Namespace is { } name && name.StartsWith(Root, StringComparison.Ordinal) ? name[Root.Length..].Split('.')[0] : null;

    private sealed class Sample : IDisposable
    {
        private readonly List<Uri> _addresses = [];

        [Obsolete("Shows that attributes are read.")]
        public Version? Release { get; set; }

        public void Dispose() => _addresses.RemoveAt(StringComparer.Ordinal.Compare("", ""));
    }
}
