using Microsoft.JSInterop;

namespace OpsDashboard.Web.Ui;

/// <summary>One ES module of wwwroot-assets/js, loaded at its first call and let go with the component that owns it.</summary>
public sealed class BrowserModule(IJSRuntime runtime, string path) : IAsyncDisposable
{
    private IJSObjectReference? _module;

    public async ValueTask InvokeAsync(string function, params object?[] arguments)
    {
        var module = await LoadAsync();
        await module.InvokeVoidAsync(function, arguments);
    }

    /// <summary>Calls a function that returns bytes of UTF-8, however many messages of the circuit they take.</summary>
    /// <param name="most">Bytes; more are an <see cref="ArgumentOutOfRangeException"/>.</param>
    public async ValueTask<string> ReadTextAsync(string function, long most, params object?[] arguments)
    {
        var module = await LoadAsync();
        await using var reference = await module.InvokeAsync<IJSStreamReference>(function, arguments);
        await using var stream = await reference.OpenReadStreamAsync(most);
        using var reader = new StreamReader(stream, System.Text.Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    /// <summary>Calls a function that returns an object with functions of its own; the caller disposes of it.</summary>
    public async ValueTask<BrowserHandle> OpenAsync(string function, params object?[] arguments)
    {
        var module = await LoadAsync();
        return new BrowserHandle(await module.InvokeAsync<IJSObjectReference>(function, arguments));
    }

    public async ValueTask DisposeAsync()
    {
        if (_module is { } module)
        {
            _module = null;
            await BrowserHandle.LetGoAsync(module, dispose: false);
        }
    }

    private async ValueTask<IJSObjectReference> LoadAsync() =>
        _module ??= await runtime.InvokeAsync<IJSObjectReference>("import", path);
}

/// <summary>An object in the browser that has to be told when it is no longer needed.</summary>
public sealed class BrowserHandle(IJSObjectReference reference) : IAsyncDisposable
{
    public ValueTask InvokeAsync(string function, params object?[] arguments) => reference.InvokeVoidAsync(function, arguments);

    public ValueTask DisposeAsync() => LetGoAsync(reference, dispose: true);

    internal static async ValueTask LetGoAsync(IJSObjectReference reference, bool dispose)
    {
        try
        {
            if (dispose)
            {
                await reference.InvokeVoidAsync("dispose");
            }

            await reference.DisposeAsync();
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The tab is gone, perhaps in the middle of being told, and what it held with it.
        }
    }
}
