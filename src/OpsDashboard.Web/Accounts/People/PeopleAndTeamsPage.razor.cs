using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Identity.People;
using OpsDashboard.Application.Identity.Sessions;
using OpsDashboard.Application.Identity.Teams;
using OpsDashboard.Application.OnCall.People;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Accounts.People;

/// <summary>Who may sign in, in which roles, and which team owns what.</summary>
public sealed partial class PeopleAndTeamsPage
{
    private IReadOnlyList<AccountSummary>? _accounts;
    private IReadOnlyList<Team>? _teams;
    private IReadOnlyList<PersonSummary> _people = [];
    private IReadOnlyList<string> _services = [];
    private AccountSummary? _account;
    private AccountSummary? _asked;
    private Team? _team;
    private Team? _removingTeam;
    private OneTimeLink? _link;
    private string? _fault;
    private Form _open;
    private Step _step;
    private bool _failed;

    private enum Form
    {
        None,
        Account,
        Team,
    }

    private enum Step
    {
        Remove,
        Reset,
    }

    [Inject] private CallerContext Caller { get; set; } = default!;

    [Inject] private NavigationManager Location { get; set; } = default!;

    private string Base => Location.BaseUri.TrimEnd('/');

    private Dictionary<string, string> Names => (_accounts ?? []).ToDictionary(account => account.Id, account => account.Name, StringComparer.Ordinal);

    private string Answer
    {
        get
        {
            if (_accounts is not { } accounts)
            {
                return "Reading the people.";
            }

            var lacking = accounts.Count(account => account.LacksSecondFactor && account.State == AccountState.Active);
            var people = accounts.Count == 1 ? "1 person" : $"{accounts.Count} people";
            return lacking == 0
                ? $"{people}; nobody lacks a second factor their role asks for."
                : $"{people}; {lacking} of them must set up a second factor when they sign in next.";
        }
    }

    protected override async Task OnInitializedAsync()
    {
        await ListenAsync([(SignedInDirectory.Topic, SignedInDirectory.Key)], TimeSpan.FromSeconds(1), LoadAsync);
        await LoadAsync();
        var people = await Send(new ListPeople());
        var services = await Send(new ListServices());
        _people = people.Succeeded ? [.. people.Value.Where(person => person.Active)] : [];
        _services = services.Succeeded ? services.Value : [];
    }

    private string NameOf(string? accountId) => accountId is null ? "" : Names.GetValueOrDefault(accountId, "");

    private async Task LoadAsync()
    {
        var accounts = await Send(new ListAccounts());
        var teams = await Send(new ListTeams());
        _failed = !accounts.Succeeded || !teams.Succeeded;
        if (!_failed)
        {
            (_accounts, _teams) = (accounts.Value, teams.Value);
        }
    }

    private void Edit(AccountSummary? account) => (_account, _open, _fault) = (account, Form.Account, null);

    private void EditTeam(Team? team) => (_team, _open, _fault) = (team, Form.Team, null);

    private void Leave() => _open = Form.None;

    private void Ask(AccountSummary account, Step step) => (_asked, _step, _fault) = (account, step, null);

    private async Task SavedAsync()
    {
        Leave();
        await LoadAsync();
    }

    private async Task InvitedAsync(OneTimeLink link)
    {
        await SavedAsync();
        _link = link;
    }

    private async Task LinkAsync(AccountSummary account)
    {
        var link = await Send(new MakePasswordLink(account.Id));
        (_fault, _link) = (link.Failure?.Message, link.Succeeded ? link.Value : null);
    }

    private async Task LockAsync(AccountSummary account)
    {
        _fault = (await Send(new LockAccount(account.Id, account.State != AccountState.Locked))).Failure?.Message;
        await LoadAsync();
    }

    private async Task DoAsync()
    {
        if (_asked is { } account)
        {
            _asked = null;
            var outcome = _step == Step.Remove ? await Send(new RemoveAccount(account.Id)) : await Send(new ResetSecondFactors(account.Id));
            _fault = outcome.Failure?.Message;
            await LoadAsync();
        }
    }

    private async Task RemoveTeamAsync()
    {
        if (_removingTeam is { } team)
        {
            _removingTeam = null;
            _fault = (await Send(new RemoveTeam(team.Id))).Failure?.Message;
            await LoadAsync();
        }
    }
}
