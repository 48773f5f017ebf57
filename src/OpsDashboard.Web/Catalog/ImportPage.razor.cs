using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using OpsDashboard.Application.Catalog.OpenSlo;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Import;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Catalog;

/// <summary>Hands documents in: read, previewed, and only then imported.</summary>
public sealed partial class ImportPage : ComponentBase, IAsyncDisposable
{
    private const string PastedName = "pasted text";
    private const int MaxFiles = 50;

    private static readonly IReadOnlyList<Crumb> Crumbs = [new("Catalog", "/catalog"), new("Import")];

    // Text that is not UTF-8 must not become other text than was meant.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<OpenSloFile> _files = [];
    private IReadOnlyList<OpenSloFile> _previewed = [];
    private ElementReference _text;
    private BrowserModule? _module;
    private OpenSloImport? _result;
    private IReadOnlyList<OpenSloFault>? _faults;
    private string? _refusal;
    private bool _busy;

    [Inject] private IDispatcher Dispatcher { get; set; } = null!;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    public async ValueTask DisposeAsync()
    {
        if (_module is not null)
        {
            await _module.DisposeAsync();
        }
    }

    private async Task TakeFilesAsync(InputFileChangeEventArgs change)
    {
        Forget();
        if (change.FileCount + _files.Count > MaxFiles)
        {
            _refusal = $"At most {MaxFiles} files at once.";
            return;
        }

        foreach (var file in change.GetMultipleFiles(MaxFiles))
        {
            if (file.Size + _files.Sum(other => (long)other.Text.Length) > OpenSloLimits.MaxTotalBytes)
            {
                _refusal = $"{file.Name} is too large: all files together have at most 10 MB.";
                return;
            }

            try
            {
                await using var stream = file.OpenReadStream(OpenSloLimits.MaxTotalBytes);
                using var reader = new StreamReader(stream, Utf8);
                _files.RemoveAll(other => other.Name == file.Name);
                _files.Add(new OpenSloFile(file.Name, await reader.ReadToEndAsync()));
            }
            catch (DecoderFallbackException)
            {
                _refusal = $"{file.Name} is not UTF-8 text.";
                return;
            }
        }
    }

    private void LeaveOut(OpenSloFile file)
    {
        Forget();
        _files.Remove(file);
    }

    /// <summary>A preview of other documents than those on the page would mislead.</summary>
    private void Forget() => (_result, _faults, _refusal) = (null, null, null);

    private Task CheckAsync() => RunAsync(async () =>
    {
        var read = await ReadAsync();
        if (read.Failure is { } failure)
        {
            return failure;
        }

        _previewed = read.Value;
        return await Dispatcher.Send(new TryOpenSlo(_previewed), CancellationToken.None);
    });

    /// <summary>Imports what was previewed, and nothing that was typed since.</summary>
    private Task ImportAsync() => RunAsync(async () =>
    {
        var read = await ReadAsync();
        if (read.Failure is { } failure)
        {
            return failure;
        }

        return read.Value.SequenceEqual(_previewed)
            ? await Dispatcher.Send(new ImportOpenSlo(_previewed), CancellationToken.None)
            : Failure.Conflict("The documents were changed since the preview. Preview them again.");
    });

    /// <summary>The text is not bound: one that is larger than a message would end the circuit.</summary>
    private async Task<Outcome<IReadOnlyList<OpenSloFile>>> ReadAsync()
    {
        _module ??= new BrowserModule(Js, "/js/text.js");
        try
        {
            var pasted = await _module.ReadTextAsync("textOf", OpenSloLimits.MaxTotalBytes, _text);
            OpenSloFile[] files = string.IsNullOrWhiteSpace(pasted) ? [.. _files] : [.. _files, new OpenSloFile(PastedName, pasted)];
            return files;
        }
        catch (ArgumentOutOfRangeException)
        {
            return Failure.Invalid("/files", "files.tooLarge", "The pasted text is too large: an import has at most 10 MB.");
        }
    }

    private async Task RunAsync(Func<Task<Outcome<OpenSloImport>>> send)
    {
        if (_busy)
        {
            return;
        }

        Forget();
        _busy = true;
        StateHasChanged();
        try
        {
            var outcome = await send();
            if (outcome.Failure is { } failure)
            {
                _faults = [.. failure.Faults.Select(OpenSloRefusal.Read).OfType<OpenSloFault>()];
                _refusal = _faults.Count > 0 ? failure.Message : string.Join(' ', failure.Faults.Select(fault => fault.Message).DefaultIfEmpty(failure.Message));
            }
            else
            {
                _result = outcome.Value;
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
