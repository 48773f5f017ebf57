using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Maintenance;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Slos.Maintenance;

/// <summary>What work is planned, what was, and how much of it each objective forgives.</summary>
public sealed partial class MaintenancePage
{
    private const int PageSize = 20;

    private IReadOnlyList<MaintenanceWindow>? _windows;
    private IReadOnlyList<string> _services = [];
    private IReadOnlyList<MaintenanceSeries> _series = [];
    private MaintenanceSeries? _ending;
    private MaintenanceWindow? _cancelling;
    private string? _cancelFault;
    private bool _planning;
    private bool _planningSeries;
    private bool _failed;
    private int _shown = PageSize;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    /// <summary><c>calendar</c>, or the list.</summary>
    [SupplyParameterFromQuery(Name = "view")] private string? View { get; set; }

    /// <summary>As 2026-11; only of the calendar.</summary>
    [SupplyParameterFromQuery(Name = "month")] private string? Month { get; set; }

    private YearMonth ShownMonth => YearMonth.TryParse(Month, out var month) ? month : YearMonth.Of(Clock.GetUtcNow());

    private IReadOnlyList<LinkOption> Views => [new("List", "/maintenance", View != "calendar", null), new("Calendar", "/maintenance?view=calendar", View == "calendar", null)];

    private IReadOnlyList<MaintenanceWindow> Ahead => [.. (_windows ?? []).Where(window => window.Phase != MaintenancePhase.Past)];

    private IReadOnlyList<MaintenanceWindow> Past => [.. (_windows ?? []).Where(window => window.Phase == MaintenancePhase.Past)];

    private RenderFragment Answer => builder =>
    {
        var running = Ahead.Count(window => window.Phase == MaintenancePhase.Running);
        var planned = Ahead.Count - running;
        builder.AddContent(0, _windows is null ? "Reading the plan." : $"{running} running, {planned} planned.");
    };

    protected override async Task OnInitializedAsync()
    {
        await ListenAsync([("maintenance", "all")], TimeSpan.FromSeconds(1), LoadAsync);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var windows = await Send(new ListMaintenance());
        var services = await Send(new ListServices());
        var series = await Send(new ListMaintenanceSeries());
        _failed = !windows.Succeeded || !services.Succeeded || !series.Succeeded;
        if (!_failed)
        {
            _series = series.Value;
            _windows = windows.Value;
            _services = services.Value;
        }
    }

    private async Task PlannedAsync()
    {
        (_planning, _planningSeries) = (false, false);
        await LoadAsync();
    }

    private void AskToEnd(MaintenanceSeries series) => _ending = series;

    private async Task EndSeriesAsync()
    {
        if (_ending is { } series)
        {
            _ending = null;
            await Send(new EndMaintenanceSeries(series.Id));
            await LoadAsync();
        }
    }

    private async Task FinishAsync((MaintenanceWindow Window, MaintenanceFinish Finish) step)
    {
        await Send(new FinishMaintenance(step.Window.Id, step.Finish));
        await LoadAsync();
    }

    private void AskToCancel(MaintenanceWindow window)
    {
        _cancelFault = null;
        _cancelling = window;
    }

    private async Task CancelAsync()
    {
        if (_cancelling is not { } window)
        {
            return;
        }

        var outcome = await Send(new CancelMaintenance(window.Id));
        _cancelFault = outcome.Failure?.Message;
        if (outcome.Succeeded)
        {
            _cancelling = null;
        }

        await LoadAsync();
    }
}
