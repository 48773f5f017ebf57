using OpsDashboard.Testing;

namespace OpsDashboard.Browser.Tests.Dashboards;

/// <summary>Forty objectives in every state, filled through the intake, and the program that shows them.</summary>
public sealed class FilledBoard : IAsyncLifetime
{
    public InProcessApp App { get; private set; } = null!;

    public IReadOnlyList<string> Ids { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        var token = TestContext.Current.CancellationToken;
        App = await Boards.StartEmptyAsync(token);
        Ids = await App.FillAsync(40, 90, token);
        await App.JudgedAsync(38, token);
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
