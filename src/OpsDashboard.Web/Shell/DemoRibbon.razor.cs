using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Demo;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Shell;

/// <summary>Says on every page that the data are made up, how far their history has come, and how to be rid of them.</summary>
public sealed partial class DemoRibbon
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(400);

    private DemoProgress? _progress;
    private string _word = "";
    private string? _fault;
    private bool _asking;
    private bool _busy;

    [Inject] private IOptions<DemoOptions> Options { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        if (!Options.Value.Enabled)
        {
            return;
        }

        await ListenAsync([("demo", "progress")], Refresh, LoadAsync);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var outcome = await Send(new GetDemoProgress());
        _progress = outcome.Succeeded ? outcome.Value : _progress;
    }

    private void Ask()
    {
        (_word, _fault, _asking) = ("", null, true);
    }

    private async Task CancelFillAsync()
    {
        await Send(new CancelDemoFill());
        await LoadAsync();
    }

    private async Task StartEmptyAsync()
    {
        _busy = true;
        try
        {
            var outcome = await Send(new StartEmpty(_word));
            _fault = outcome.Failure?.Message;
            if (outcome.Succeeded)
            {
                _asking = false;
                await LoadAsync();
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
