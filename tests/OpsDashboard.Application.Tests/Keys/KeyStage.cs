using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Keys;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Keys;

/// <summary>The composed application, an administrator, and programs with keys. Two stages on one directory are two nodes.</summary>
internal sealed class KeyStage : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 30, 0, TimeSpan.Zero);

    private KeyStage(InProcessApp app, ManualClock clock) => (App, Clock) = (app, clock);

    public InProcessApp App { get; }

    public ManualClock Clock { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<KeyStage> SetAsync(KeyStage? beside = null, params string[] settings)
    {
        var clock = beside?.Clock ?? new ManualClock(Now);
        return new KeyStage(await InProcessApp.StartAsync(Token, clock, beside?.App.DataDirectory, settings), clock);
    }

    public async Task<Outcome<T>> SendAsync<T>(MediatR.IRequest<Outcome<T>> request, Caller? caller = null)
    {
        await using var scope = App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = caller ?? TestCallers.Viewer;
        return await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(request, Token);
    }

    public async Task<Outcome<T>> SendWithIdempotencyAsync<T>(MediatR.IRequest<Outcome<T>> request, string key)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var caller = scope.ServiceProvider.GetRequiredService<CallerContext>();
        (caller.Current, caller.IdempotencyKey) = (TestCallers.Viewer, key);
        return await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(request, Token);
    }

    public async Task<CreatedKey> MakeAsync(CreateKey key) => (await SendAsync(key)).Value;

    public async Task<T> ReadAsync<T>(Func<OpsDbContext, Task<T>> read)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<OpsDbContext>());
    }

    public async Task<HttpResponseMessage> CallAsync(string? key, string address, HttpMethod? method = null, object? body = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, address);
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        request.Content = body is null ? null : JsonContent.Create(body);
        return await App.Http.SendAsync(request, Token);
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
