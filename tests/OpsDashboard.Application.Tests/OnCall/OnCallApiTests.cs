using System.Text.Json;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.OnCall;

public sealed class OnCallApiTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OnCall_AskedAt_NamesEachPositionOfEachSchedule()
    {
        await using var stage = await OnCallStage.SetAsync();

        var (status, body) = await stage.App.Http.CallAsync(HttpMethod.Get, "/api/v1/on-call?at=2026-10-26T08:00:00Z", null, Token);
        var (wrong, _) = await stage.App.Http.CallAsync(HttpMethod.Get, "/api/v1/on-call?at=2026-10-26T08:00:00", null, Token);

        Assert.Equal((200, 422), (status, wrong));
        var schedule = body.GetProperty("schedules")[0];
        Assert.Equal("on-call", schedule.GetProperty("id").GetString());
        var primary = schedule.GetProperty("positions")[0];
        Assert.Equal("ben", primary.GetProperty("person").GetProperty("id").GetString());
        Assert.Equal("2026-11-02T08:00:00+00:00", primary.GetProperty("until").GetString());
        Assert.Equal("ann", primary.GetProperty("next").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Preview_OfARotation_TellsShiftsAndStoresNothing()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        object Rotation(string every) => new
        {
            zone = "America/Chicago", every, at = "02:30", anchor = "2020-03-07", people = new[] { "first", "second" }, from = "2020-03-07T08:30:00Z", to = "2020-03-10T00:00:00Z",
        };

        var (status, body) = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/rotations/preview", Rotation("day"), Token);
        var (hourly, hours) = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/rotations/preview", Rotation("PT12H"), Token);

        Assert.Equal((200, 200), (status, hourly));
        Assert.Equal(
            [("2020-03-07T08:30:00+00:00", "2020-03-08T08:00:00+00:00", "first"), ("2020-03-08T08:00:00+00:00", "2020-03-09T07:30:00+00:00", "second"), ("2020-03-09T07:30:00+00:00", "2020-03-10T07:30:00+00:00", "first")],
            body.GetProperty("shifts").EnumerateArray().Select(Read));
        Assert.Equal(6, hours.GetProperty("shifts").GetArrayLength());
        var (_, schedules) = await app.Http.CallAsync(HttpMethod.Get, "/api/v1/schedules", null, Token);
        Assert.Equal(0, schedules.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Preview_WithWrongFields_IsRefusedWithAllOfThem()
    {
        await using var app = await InProcessApp.StartAsync(Token);

        var (status, body) = await app.Http.CallAsync(
            HttpMethod.Post,
            "/api/v1/rotations/preview",
            new { zone = "Mars/Olympus", every = "fortnight", at = "25:00", anchor = "2020-02-30", people = Array.Empty<string>(), from = "2020-01-01T00:00:00Z", to = "2022-01-01T00:00:00Z" },
            Token);
        var (empty, nothing) = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/rotations/preview", new { }, Token);

        Assert.Equal((422, 422), (status, empty));
        Assert.Equal(["/zone", "/people", "/to", "/every", "/at", "/anchor"], Pointers(body));
        Assert.Equal(["/from", "/to"], Pointers(nothing));
    }

    [Fact]
    public async Task Schedule_WrittenByAProgram_NeedsItsKeyAndItsPeople()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        object Schedule(string person) => new
        {
            name = "Night watch",
            zone = "Europe/Berlin",
            positions = new[] { new { id = "primary", name = "Primary", layers = new[] { new { name = "Weekly", every = "week", at = "09:00", anchor = "2026-01-05", people = new[] { person } } } } },
        };

        var (unknown, faults) = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/schedules", Schedule("nobody"), Token);
        await app.Http.CallAsync(HttpMethod.Post, "/api/v1/people", new { name = "Night owl", zone = "UTC", roles = new[] { "l1-support" } }, Token);
        var (created, body) = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/schedules", Schedule("night-owl"), Token);
        using var keyless = await app.Anonymous.PostAsync("/api/v1/schedules", System.Net.Http.Json.JsonContent.Create(Schedule("night-owl")), Token);

        Assert.Equal((422, 201, 401), (unknown, created, (int)keyless.StatusCode));
        Assert.Equal(["/positions/0/layers/0/people"], Pointers(faults));
        Assert.Equal("night-watch", body.GetProperty("id").GetString());
    }

    private static (string?, string?, string?) Read(JsonElement shift) =>
        (shift.GetProperty("start").GetString(), shift.GetProperty("end").GetString(), shift.GetProperty("person").GetString());

    private static IEnumerable<string?> Pointers(JsonElement problem) => problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString());
}
