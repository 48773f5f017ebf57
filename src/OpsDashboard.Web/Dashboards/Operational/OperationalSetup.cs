namespace OpsDashboard.Web.Dashboards.Operational;

internal static class OperationalSetup
{
    public static void AddOperationalDashboard(this IServiceCollection services) => services.AddSingleton<BoardMarkup>();

    public static void MapOperationalDashboard(this WebApplication app)
    {
        app.MapWhyApi();
        app.MapWall();
    }
}
