using System.Diagnostics;
using OpsDashboard.Testing;

namespace OpsDashboard.Browser.Tests.Shell;

public sealed class StopTests(Rig rig)
{
    [Fact]
    public async Task Program_StoppedWithAnOpenPage_EndsCleanlyWithinTenSeconds()
    {
        await using var app = await AppProcess.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await rig.Browser.VisitAsync(app.Url, async visit =>
        {
            visit.Tolerate("ERR_");
            visit.Tolerate("Connection disconnected");
            visit.Tolerate("Failed to");
            visit.Tolerate("WebSocket");
            // Blazor's own script answers a call that came in the last moment.
            visit.Tolerate("Cannot send data if the connection is not in the 'Connected' State");
            await visit.GoInteractiveAsync("/");

            var started = Stopwatch.GetTimestamp();
            var exitCode = await app.StopAsync(TestContext.Current.CancellationToken);

            Assert.Equal(0, exitCode);
            Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        });
    }
}
