using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Identity.People;
using OpsDashboard.Application.Identity.Teams;

namespace OpsDashboard.Web.Accounts.People;

/// <summary>Adds or changes a team.</summary>
public sealed partial class TeamForm() : OpsDashboard.Web.Ui.Forms.DraftForm("team")
{
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);
    private string _name = "";
    private string _owns = "";

    /// <summary>Null: a new one.</summary>
    [Parameter] public Team? Team { get; set; }

    [Parameter] public IReadOnlyList<AccountSummary> Accounts { get; set; } = [];

    [Parameter] public IReadOnlyList<string> Services { get; set; } = [];

    [Parameter] public EventCallback OnSaved { get; set; }

    protected override void OnInitialized()
    {
        if (Team is { } team)
        {
            (_name, _owns) = (team.Name, string.Join('\n', team.Owns));
            _members.UnionWith(team.Members);
        }
    }

    private void Toggle(string account, ChangeEventArgs change)
    {
        IsDirty = true;
        if (change.Value is true)
        {
            _members.Add(account);
        }
        else
        {
            _members.Remove(account);
        }
    }

    private async Task SaveAsync()
    {
        if (IsBusy)
        {
            return;
        }

        var saved = await SubmitAsync(new SaveTeam
        {
            Id = Team?.Id,
            Name = _name,
            Owns = _owns.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Members = [.. _members],
        });
        if (saved.Succeeded)
        {
            await OnSaved.InvokeAsync();
        }
    }
}
