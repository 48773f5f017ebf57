using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Audit.Reading;
using OpsDashboard.Application.Audit.Verification;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Audit;

namespace OpsDashboard.Web.Audit;

/// <summary>What was done and tried, for whoever has to vouch for it. All filters stand in the address.</summary>
public sealed partial class AuditPage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private AuditEntries? _page;
    private AuditVerification? _found;
    private string? _fault;
    private bool _verifying;

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    [SupplyParameterFromQuery] private string? Text { get; set; }

    [SupplyParameterFromQuery] private string? Object { get; set; }

    [SupplyParameterFromQuery] private string? Actor { get; set; }

    [SupplyParameterFromQuery] private string? Action { get; set; }

    [SupplyParameterFromQuery] private string? Outcome { get; set; }

    [SupplyParameterFromQuery] private long? Before { get; set; }

    private RenderFragment Answer => builder => builder.AddContent(0, _found switch
    {
        null => "Each entry is chained to the one before, and the chain is signed every minute.",
        { Fault: null } => "The chain is whole.",
        _ => "The chain is broken.",
    });

    private bool IsFiltered => !string.IsNullOrEmpty(Text + Object + Actor + Action + Outcome) || Before is not null;

    private IEnumerable<(string Label, string Value, string Href)> Chips
    {
        get
        {
            if (!string.IsNullOrEmpty(Object))
            {
                yield return ("Object", Object, Address(withoutObject: true));
            }

            if (!string.IsNullOrEmpty(Actor))
            {
                yield return ("Who", Actor, Address(withoutActor: true));
            }

            if (!string.IsNullOrEmpty(Action))
            {
                yield return ("Action", Action, Address(withoutAction: true));
            }
        }
    }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var outcome = await Dispatcher.Send(
            new ListAudit
            {
                Text = Text,
                Object = Object,
                Actor = Actor,
                Action = Action,
                Outcome = Enum.TryParse<AuditOutcome>(Outcome, out var one) ? one : null,
                Before = Before,
            },
            _gone.Token);
        _page = outcome.Succeeded ? outcome.Value : null;
        _fault = outcome.Failure?.Message;
    }

    private async Task VerifyAsync()
    {
        _verifying = true;
        StateHasChanged();
        var outcome = await Dispatcher.Send(new VerifyAudit(), _gone.Token);
        (_found, _fault, _verifying) = (outcome.Succeeded ? outcome.Value : null, outcome.Failure?.Message, false);
    }

    private string Address(bool withoutObject = false, bool withoutActor = false, bool withoutAction = false, long? before = null)
    {
        var query = QueryString.Create(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["text"] = Text,
                ["object"] = withoutObject ? null : Object,
                ["actor"] = withoutActor ? null : Actor,
                ["action"] = withoutAction ? null : Action,
                ["outcome"] = Outcome,
                ["before"] = before?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            }.Where(pair => !string.IsNullOrEmpty(pair.Value)));
        return $"/audit{query}";
    }
}
