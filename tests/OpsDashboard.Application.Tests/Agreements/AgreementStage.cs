using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Agreements;
using OpsDashboard.Application.Agreements.Statements;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Agreements;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Agreements;

/// <summary>
/// The composed application in the middle of May 2026, with two services that count minutes, and April's minutes as a function says.
/// The clock stands still, so that only what a test calls is drawn up.
/// </summary>
internal sealed class AgreementStage : IAsyncDisposable
{
    public const string Checkout = "shop/checkout/uptime";
    public const string Search = "shop/search/uptime";

    public static readonly DateTimeOffset Now = new(2026, 5, 15, 12, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset April = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset May = April.AddMonths(1);

    public static readonly AgreementTerms Enterprise = AgreementTemplates.Find("enterprise")!.Terms with { Slos = [Checkout], MonthlyFee = 42_000m };

    private AgreementStage(InProcessApp app) => App = app;

    public InProcessApp App { get; }

    public ManualClock Clock { get; private init; } = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<AgreementStage> SetAsync()
    {
        var clock = new ManualClock(Now);
        var stage = new AgreementStage(await InProcessApp.StartAsync(Token, clock)) { Clock = clock };
        foreach (var slo in new[] { Checkout, Search })
        {
            await stage.App.PlantAsync(Uptime(slo), April.AddMonths(-2));
        }

        return stage;
    }

    public static SloDefinition Uptime(string id) => new()
    {
        Id = id,
        SliId = id.Replace("uptime", "availability", StringComparison.Ordinal),
        Name = "Uptime",
        Platform = id.Split('/')[0],
        Service = id.Split('/')[1],
        Kind = SliKind.Ratio,
        Target = 0.9999m,
        Budgeting = BudgetingMethod.Timeslices,
        TimeSliceTarget = 0.95m,
        Window = SloWindow.CalendarMonth,
        AlertRules = [],
    };

    /// <param name="isUp">By minute since <paramref name="from"/>; null: nothing reported.</param>
    public Task MinutesAsync(string slo, DateTimeOffset from, DateTimeOffset to, Func<int, bool?> isUp) => App.WriteHistoryAsync(
        slo.Replace("uptime", "availability", StringComparison.Ordinal),
        from,
        to,
        minute => isUp(minute - TimeIndex.MinuteOf(from.ToUnixTimeMilliseconds())) is { } up ? MinuteCell.OfEvents(up ? 100 : 0, 100) : null);

    public async Task<string> SignAsync(string customer, AgreementTerms terms, string from = "2026-04-01")
    {
        var saved = await SendAsync(new SaveCustomer { Name = customer, Tier = terms.Tier });
        var signed = await SendAsync(new SignAgreement { CustomerId = saved.Value.Id, Name = "Agreement", EffectiveFrom = from, Terms = terms });
        Assert.True(signed.Succeeded, signed.Failure?.ToString());
        return signed.Value.Id;
    }

    public Task<int> CloseAsync() => App.Services.GetRequiredService<StatementClose>().CloseAsync(Token);

    public Task<int> CorrectAsync() => App.Services.GetRequiredService<StatementClose>().CorrectAsync(2, Token);

    public async Task<Statement> StatementAsync(string agreement, string month = "2026-04", int? number = null)
    {
        var outcome = await SendAsync(new GetStatement(agreement, month, number));
        Assert.True(outcome.Succeeded, outcome.Failure?.Message);
        return outcome.Value;
    }

    public async Task<Outcome<T>> SendAsync<T>(MediatR.IRequest<Outcome<T>> request)
    {
        await using var scope = App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = TestCallers.Viewer;
        return await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(request, Token);
    }

    public async Task<T> ReadAsync<T>(Func<OpsDbContext, Task<T>> read)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<OpsDbContext>());
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
