using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.OnCall.People;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Testing;

namespace OpsDashboard.Web.Tests.Notifications;

/// <summary>Contact methods and the delivery log as programs see them.</summary>
public sealed class PagingApiTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ContactMethods_AddedVerifiedChangedAndRemoved_AndADeadLetterIsSentAgain()
    {
        await using var receiver = await PageReceiver.StartAsync();
        receiver.Answer = (_, before, _) => Task.FromResult(before == 0 ? 410 : 200);
        await using var app = await InProcessApp.StartAsync(Token, settings: ["Outbound:AllowPrivateTargets=true"]);
        await HireAsync(app);

        var wrong = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/people/anna/contacts", new { channel = "pigeon", address = "home" }, Token);
        var added = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/people/anna/contacts", new { channel = "webhook", address = $"{receiver.Url}/anna", label = "Phone" }, Token);
        var id = added.Body.GetProperty("id").GetInt32();
        var code = await app.Http.CallAsync(HttpMethod.Post, $"/api/v1/contacts/{id}/code", null, Token);
        var dead = await OneOfAsync(app, "givenUp");
        var retried = await app.Http.CallAsync(HttpMethod.Post, $"/api/v1/deliveries/{dead.GetProperty("id").GetInt64()}/retry", null, Token);
        var sent = await OneOfAsync(app, "ended");
        using var told = JsonDocument.Parse(receiver.Distinct[0].Body);
        var verified = await app.Http.CallAsync(HttpMethod.Post, $"/api/v1/contacts/{id}/verify", new { code = told.RootElement.GetProperty("code").GetString() }, Token);
        var changed = await app.Http.CallAsync(HttpMethod.Patch, $"/api/v1/contacts/{id}", new { label = "Watch", delayMinutes = 5 }, Token);
        var quiet = await app.Http.CallAsync(HttpMethod.Put, "/api/v1/people/anna/quiet-hours", new { zone = "UTC", from = "22:00", to = "7" }, Token);
        var mine = await app.Http.CallAsync(HttpMethod.Get, "/api/v1/people/anna/contacts", null, Token);
        var removed = await app.Http.CallAsync(HttpMethod.Delete, $"/api/v1/contacts/{id}", null, Token);
        var nobody = await app.Http.CallAsync(HttpMethod.Get, "/api/v1/people/nobody/contacts", null, Token);

        Assert.Equal((422, 201, 204, 204, 200), (wrong.Status, added.Status, code.Status, retried.Status, verified.Status));
        Assert.Equal((204, 422, 204, 404), (changed.Status, quiet.Status, removed.Status, nobody.Status));
        Assert.Equal(dead.GetProperty("id").GetInt64(), sent.GetProperty("id").GetInt64());
        var method = Assert.Single(mine.Body.GetProperty("items").EnumerateArray());
        Assert.Equal(("Watch", 300, true), (method.GetProperty("label").GetString(), method.GetProperty("delaySeconds").GetInt32(), method.GetProperty("isPaged").GetBoolean()));
    }

    private static async Task<JsonElement> OneOfAsync(InProcessApp app, string state)
    {
        JsonElement one = default;
        await Eventually.TrueAsync(
            async () =>
            {
                var items = (await app.Http.CallAsync(HttpMethod.Get, $"/api/v1/deliveries?state={state}", null, Token)).Body.GetProperty("items");
                one = items.EnumerateArray().FirstOrDefault();
                return one.ValueKind == JsonValueKind.Object;
            },
            Token);
        return one;
    }

    private static async Task HireAsync(InProcessApp app)
    {
        await app.Services.GetRequiredService<StartupState>().CatalogsLoaded.WaitAsync(Token);
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = TestCallers.Viewer;
        var hired = await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(new SavePerson { Name = "Anna", Roles = ["l1-support"], Zone = "UTC" }, Token);
        Assert.True(hired.Succeeded, hired.Failure?.Message);
    }
}
