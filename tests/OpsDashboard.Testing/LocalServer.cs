using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OpsDashboard.Testing;

/// <summary>Another company's HTTP server: on the loopback, on a port the system chose, doing what the test says.</summary>
public sealed class LocalServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _closing = new();

    private LocalServer(WebApplication app) => _app = app;

    public string Url { get; private set; } = "";

    public int Port => new Uri(Url).Port;

    /// <summary>Ends when the server is disposed; handlers that hang wait on it.</summary>
    public CancellationToken Closing => _closing.Token;

    public static async Task<LocalServer> StartAsync(Func<HttpContext, LocalServer, Task> answer, Action<ListenOptions>? listen = null, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port, options => listen?.Invoke(options)));
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddRouting();
        var app = builder.Build();
        var server = new LocalServer(app);
        app.Run(context => answer(context, server));
        await app.StartAsync();
        server.Url = app.Urls.First();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _app.DisposeAsync();
        _closing.Dispose();
    }
}
