using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Notifications.Contacts;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Notifications;

/// <summary>Sends a code to a contact method and takes it back.</summary>
public sealed partial class CodeForm
{
    private string _code = "";
    private string? _fault;
    private bool _sent;
    private bool _busy;

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    [Parameter, EditorRequired] public int MethodId { get; set; }

    /// <summary>The address, as far as it is shown.</summary>
    [Parameter] public string Where { get; set; } = "";

    /// <summary>Of a webhook that was just added.</summary>
    [Parameter] public string? Secret { get; set; }

    /// <summary>A code is out already.</summary>
    [Parameter] public bool AwaitsCode { get; set; }

    [Parameter] public EventCallback OnDone { get; set; }

    [Parameter] public EventCallback OnLeave { get; set; }

    protected override void OnInitialized() => _sent = AwaitsCode;

    private async Task SendAsync()
    {
        _busy = true;
        var outcome = await Dispatcher.Send(new SendVerificationCode(MethodId), CancellationToken.None);
        _busy = false;
        _fault = outcome.Failure?.Message;
        _sent |= outcome.Succeeded;
    }

    private async Task VerifyAsync()
    {
        if (_busy || !_sent)
        {
            return;
        }

        _busy = true;
        var outcome = await Dispatcher.Send(new VerifyContactMethod(MethodId, _code), CancellationToken.None);
        _busy = false;
        _fault = outcome.Failure?.Message ?? outcome.Value switch
        {
            { Verified: true } => null,
            { TriesLeft: 0 } => "This code is worth nothing any more: send another.",
            { TriesLeft: 1 } => "Not the code. One try is left.",
            { TriesLeft: var left } => $"Not the code. {left} tries are left.",
        };
        if (_fault is null)
        {
            await OnDone.InvokeAsync();
        }
    }
}
