namespace OpsDashboard.Web.Hosting;

/// <summary>Where appsettings.json lies: the working directory, as under <c>dotnet run</c>, else beside the program.</summary>
internal static class ContentRoot
{
    public static string Find()
    {
        var current = Directory.GetCurrentDirectory();
        return File.Exists(Path.Combine(current, "OpsDashboard.Web.csproj")) || !File.Exists(Path.Combine(AppContext.BaseDirectory, "appsettings.json"))
            ? current
            : AppContext.BaseDirectory;
    }
}
