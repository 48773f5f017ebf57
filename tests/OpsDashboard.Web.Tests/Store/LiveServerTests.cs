using OpsDashboard.Testing;

namespace OpsDashboard.Web.Tests.Store;

public sealed class LiveServerTests
{
    public static bool HasNoServer => LiveServer.ConnectionString is null;

    [Fact(
        Skip = "No live server: set OPSDASHBOARD_TEST_SQLSERVER to run every database test of this program a second time on SQL Server.",
        SkipWhen = nameof(HasNoServer))]
    public async Task EveryTest_OnTheLiveServer_PassesToo()
    {
        if (LiveServer.IsSecondRun)
        {
            return;
        }

        var (exitCode, output) = await LiveServer.RunAgainAsync(TestContext.Current.CancellationToken);
        Assert.True(exitCode == 0, output);
    }
}
