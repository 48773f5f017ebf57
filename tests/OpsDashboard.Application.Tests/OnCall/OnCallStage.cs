using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.OnCall;
using OpsDashboard.Application.OnCall.People;
using OpsDashboard.Application.OnCall.Roster;
using OpsDashboard.Application.OnCall.Schedules;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.OnCall;

/// <summary>The composed application with three people and a weekly primary and secondary, Mondays 09:00 in Berlin.</summary>
internal sealed class OnCallStage : IAsyncDisposable
{
    /// <summary>A Monday noon, the week before the clocks go back.</summary>
    public static readonly DateTimeOffset Start = new(2026, 10, 19, 12, 0, 0, TimeSpan.Zero);

    private OnCallStage(InProcessApp app, ManualClock clock) => (App, Clock) = (app, clock);

    public InProcessApp App { get; }

    public ManualClock Clock { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<OnCallStage> SetAsync()
    {
        var clock = new ManualClock(Start);
        var stage = new OnCallStage(await InProcessApp.StartAsync(Token, clock), clock);
        foreach (var (name, roles) in new[] { ("Ann", "l2-engineering"), ("Ben", "management"), ("Eve", "operations-manager") })
        {
            await stage.DoAsync(new SavePerson { Name = name, Roles = [roles], Zone = "Europe/Berlin" });
        }

        await stage.DoAsync(new SaveSchedule { Name = "On-call", Zone = "Europe/Berlin", Positions = Positions(["ann", "ben"], ["ben", "ann"]) });
        return stage;
    }

    public static IReadOnlyList<PositionTerms> Positions(IReadOnlyList<string> primary, IReadOnlyList<string> secondary) =>
        [Position("primary", "Primary", primary), Position("secondary", "Secondary", secondary)];

    public static PositionTerms Position(string id, string name, IReadOnlyList<string> people) => new()
    {
        Id = id,
        Name = name,
        Layers = [new LayerTerms { Name = "Weekly", Every = "week", At = "09:00", Anchor = "2026-10-19", People = people }],
    };

    /// <param name="asPerson">Who is at the screen; null: nobody in particular.</param>
    public async Task<Outcome<T>> SendAsync<T>(MediatR.IRequest<Outcome<T>> request, string? asPerson = null)
    {
        await using var scope = App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = asPerson is null ? TestCallers.Viewer : TestCallers.Known(asPerson, asPerson);
        return await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(request, Token);
    }

    /// <summary>Sends what must succeed.</summary>
    public async Task<T> DoAsync<T>(MediatR.IRequest<Outcome<T>> request, string? asPerson = null)
    {
        var outcome = await SendAsync(request, asPerson);
        Assert.True(outcome.Succeeded, outcome.Failure is { } failure ? $"{failure.Message} {string.Join(' ', failure.Faults)}" : "");
        return outcome.Value;
    }

    public async Task<PositionOnCall> WhoAsync(DateTimeOffset? at = null, string position = "primary") =>
        (await DoAsync(new GetOnCall { At = at })).Schedules.Single().Positions.Single(one => one.Id == position);

    public async Task<T> AskAsync<T>(Func<OnCallRoster, Task<T>> ask)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<OnCallRoster>());
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
