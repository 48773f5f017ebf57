using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Identity.People;
using OpsDashboard.Application.OnCall.People;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Accounts.People;

/// <summary>Invites somebody, or changes the roles of somebody.</summary>
public sealed partial class PersonRolesForm() : OpsDashboard.Web.Ui.Forms.DraftForm("account")
{
    private readonly HashSet<Role> _roles = [];
    private string _name = "";
    private string _email = "";
    private string _reach = "";
    private string _person = "";

    /// <summary>Null: somebody new.</summary>
    [Parameter] public AccountSummary? Account { get; set; }

    [Parameter] public IReadOnlyList<PersonSummary> People { get; set; } = [];

    [Parameter] public IReadOnlyList<string> Services { get; set; } = [];

    [Parameter] public EventCallback<OneTimeLink> OnInvited { get; set; }

    [Parameter] public EventCallback OnSaved { get; set; }

    protected override void OnInitialized()
    {
        if (Account is { } account)
        {
            (_name, _person) = (account.Name, account.PersonId ?? "");
            _roles.UnionWith(account.Roles.Select(terms => terms.Role));
            _reach = string.Join('\n', account.Roles.SelectMany(terms => terms.Reach ?? []).Distinct(StringComparer.Ordinal));
        }
    }

    private void Toggle(Role role, ChangeEventArgs change)
    {
        IsDirty = true;
        Faults = Faults.Without("/roles");
        if (change.Value is true)
        {
            _roles.Add(role);
        }
        else
        {
            _roles.Remove(role);
        }
    }

    private async Task SaveAsync()
    {
        if (IsBusy)
        {
            return;
        }

        var reach = _reach.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        IReadOnlyList<RoleTerms> roles = [.. _roles.Order().Select(role => new RoleTerms(role, reach.Length == 0 ? null : reach))];
        var person = _person.Length == 0 ? null : _person;
        if (Account is { } account)
        {
            if ((await SubmitAsync(new ChangeAccount { Id = account.Id, Name = _name, Roles = roles, PersonId = person })).Succeeded)
            {
                await OnSaved.InvokeAsync();
            }
        }
        else if (await SubmitAsync(new InviteAccount { Name = _name, Email = _email, Roles = roles, PersonId = person }) is { Succeeded: true } invited)
        {
            await OnInvited.InvokeAsync(invited.Value);
        }
    }
}
