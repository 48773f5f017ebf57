using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Incidents.PostMortems;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Incidents;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Incidents.PostMortems;

/// <summary>One post-mortem: its words, its review, its action items.</summary>
public sealed partial class PostMortemPage
{
    private const string Form = "action-item";

    private PostMortem? _found;
    private string? _draft;
    private string? _fault;
    private string _title = "";
    private string _owner = "";
    private string _due = "";
    private FieldFaults _faults = FieldFaults.None;
    private int _draftVersion;
    private bool _missing;

    [Parameter] public long Id { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        await LoadAsync();
        if (_found is { } found)
        {
            await ListenAsync([("incident", found.IncidentId.ToString(CultureInfo.InvariantCulture))], TimeSpan.FromSeconds(1), LoadAsync);
        }
    }

    private async Task LoadAsync()
    {
        var outcome = await Send(new GetPostMortem(Id));
        _missing = !outcome.Succeeded;
        _found = outcome.Succeeded ? outcome.Value : null;
        // While one writes, what counts is the version one began from.
        _draftVersion = _draft is null ? _found?.Version ?? 0 : _draftVersion;
    }

    private async Task SaveAsync()
    {
        var outcome = await Send(new EditPostMortem(Id, _draftVersion, _draft ?? ""));
        _fault = outcome.Failure is { Faults.Count: > 0 } failure ? failure.Faults[0].Message : outcome.Failure?.Message;
        if (outcome.Succeeded)
        {
            _draft = null;
            await LoadAsync();
        }
    }

    private async Task MoveAsync(PostMortemState to)
    {
        _fault = (await Send(new MovePostMortem(Id, to))).Failure?.Message;
        await LoadAsync();
    }

    private async Task AddAsync()
    {
        var due = DateOnly.TryParse(_due, CultureInfo.InvariantCulture, out var day) ? day : DateOnly.MinValue;
        var outcome = await Send(new AddActionItem { PostMortemId = Id, Title = _title, Owner = _owner, Due = due });
        _faults = FieldFaults.Of(outcome.Failure);
        if (outcome.Succeeded)
        {
            (_title, _owner, _due) = ("", "", "");
            await LoadAsync();
        }
    }

    private async Task SettleAsync((ActionItem Item, bool Done) step)
    {
        await Send(new SettleActionItem(step.Item.Id, step.Done));
        await LoadAsync();
    }
}
