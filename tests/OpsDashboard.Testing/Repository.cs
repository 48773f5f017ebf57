using System.Reflection;

namespace OpsDashboard.Testing;

/// <summary>Where the build left what tests start and write.</summary>
public static class Repository
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    /// <summary>The program as built beside these tests, in the same configuration.</summary>
    public static string WebProgram { get; } =
        Path.Combine(Root, "src", "OpsDashboard.Web", "bin", Metadata("BuildConfiguration"), "net10.0", "OpsDashboard.Web.dll");

    /// <summary>The folder with <c>.playwright</c>, the browser driver.</summary>
    public static string PlaywrightPackage { get; } = Metadata("PlaywrightPackage");

    public static string Screenshots { get; } = Path.Combine(Root, "docs", "screenshots");

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == key).Value
        ?? throw new InvalidOperationException($"The build did not state {key}.");
}
