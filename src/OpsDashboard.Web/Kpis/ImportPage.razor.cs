using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using OpsDashboard.Application.Kpis.Entry;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Kpis;

/// <summary>Takes a file of measurements in: a look first, then all of it or nothing, with progress.</summary>
public sealed partial class ImportPage
{
    private const long MaxBytes = 8 * 1024 * 1024;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private string _csv = "";
    private string _note = "";
    private Failure? _failure;
    private MeasurementImport? _found;
    private MeasurementImport? _done;
    private ImportProgress? _running;
    private CancellationTokenSource? _cancel;
    private long _began;
    private bool _busy;

    [Inject] private KpiImports Imports { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    protected override ValueTask CloseAsync()
    {
        _cancel?.Cancel();
        _cancel?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Row(string pointer) => pointer.Split('/') is [_, "csv", var row, ..] ? row : "";

    private void Type(string text) => (_csv, _found, _done, _failure) = (text, null, null, null);

    private async Task TakeAsync(InputFileChangeEventArgs change)
    {
        if (change.File.Size > MaxBytes)
        {
            _failure = Failure.Invalid("/csv", "csv.tooLarge", "A file has at most 8 MB.");
            return;
        }

        using var reader = new StreamReader(change.File.OpenReadStream(MaxBytes, Closing));
        Type(await reader.ReadToEndAsync(Closing));
        await TryAsync();
    }

    private async Task TryAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        var outcome = await Send(new TryMeasurements(_csv, Note));
        (_busy, _failure, _done) = (false, outcome.Failure, null);
        _found = outcome.Succeeded ? outcome.Value : null;
    }

    private string? Note => _note.Trim() is { Length: > 0 } note ? note : null;

    private async Task ImportAsync()
    {
        if (_busy)
        {
            return;
        }

        (_busy, _found, _began) = (true, null, Clock.GetTimestamp());
        _cancel?.Dispose();
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(Closing);
        var name = Guid.NewGuid().ToString("N");
        var import = Dispatcher.Send(new ImportMeasurements(_csv, Note, name), _cancel.Token);
        try
        {
            _running = new ImportProgress(0, 0);
            using var timer = new PeriodicTimer(LookEvery, Clock);
            while (!import.IsCompleted && await Task.WhenAny(import, timer.WaitForNextTickAsync(Closing).AsTask()) != import)
            {
                _running = Imports.Find(name) ?? _running;
                StateHasChanged();
            }

            var outcome = await import;
            _failure = outcome.Failure;
            _done = outcome.Succeeded ? outcome.Value : null;
        }
        catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
        {
            _failure = Failure.Conflict("The import was cancelled; nothing was taken in.");
        }
        finally
        {
            (_running, _busy) = (null, false);
        }
    }

    private decimal? Rate(ImportProgress progress) =>
        Clock.GetElapsedTime(_began).TotalSeconds is > 0.5 and var seconds ? (decimal)(progress.Done / seconds) : null;
}
