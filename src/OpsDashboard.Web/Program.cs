using OpsDashboard.Web;

return await OpsDashboardApp.RunAsync(args);

/// <summary>Named so that the router and the tests can point at this assembly.</summary>
public sealed partial class Program
{
    private Program()
    {
    }
}
