using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Notifications.Contacts;
using OpsDashboard.Application.OnCall.People;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Notifications;

/// <summary>How a person is paged: their own page, and for those who arrange it for others.</summary>
public sealed partial class ContactsPage
{
    private static readonly IReadOnlyDictionary<Channel, string> NoLacks = new Dictionary<Channel, string>();

    private IReadOnlyList<PersonSummary>? _people;
    private PersonContacts? _contacts;
    private ContactMethod? _method;
    private string? _person;
    private string _zone = "UTC";
    private string? _secret;
    private string? _fault;
    private Form _open;
    private bool _failed;

    private enum Form
    {
        None,
        Add,
        Verify,
        Change,
        Quiet,
        Remove,
    }

    [Inject] private CallerContext Caller { get; set; } = default!;

    [Inject] private NavigationManager Location { get; set; } = default!;

    /// <summary>Id of a person; null: whoever uses the screen.</summary>
    [SupplyParameterFromQuery] private string? Person { get; set; }

    private string Title => _contacts is null ? "How people are reached" : $"How {_contacts.Person.Name} is reached";

    private IReadOnlyList<(string Value, string Word)> Choices => [.. (_people ?? []).Where(person => person.Active || person.Id == _person).Select(person => (person.Id, person.Name))];

    private IReadOnlyDictionary<string, string> Names => (_people ?? []).ToDictionary(person => person.Id, person => person.Name, StringComparer.Ordinal);

    protected override Task OnInitializedAsync() => ListenAsync([("paging", "all"), ("oncall", "all")], TimeSpan.FromMilliseconds(300), LoadAsync);

    protected override Task OnParametersSetAsync()
    {
        _person = Person ?? Caller.Current.PersonId;
        return LoadAsync();
    }

    private string Say()
    {
        if (_contacts is null)
        {
            return _people is null ? "Reading contact methods." : "Contact methods belong to a person.";
        }

        var paged = _contacts.Methods.Where(method => method.IsPaged).OrderBy(method => method.DelaySeconds).ToList();
        return paged.Count == 0
            ? "No page can reach this person."
            : $"A page comes by {string.Join(", then by ", paged.Select(method => $"{method.Channel.Word()} {PagingWords.After(method.DelaySeconds)}"))}.";
    }

    private void Choose(string person) => Location.NavigateTo(person.Length == 0 ? "/contacts" : $"/contacts?person={Uri.EscapeDataString(person)}");

    private async Task LoadAsync()
    {
        var people = await Send(new ListPeople());
        var contacts = _person is null ? null : await Send(new GetPersonContacts(_person));
        _failed = !people.Succeeded || contacts?.Failure is { Kind: not FailureKind.NotFound };
        if (!_failed)
        {
            _people = people.Value;
            _contacts = contacts is { Succeeded: true } ? contacts.Value : null;
            _zone = _people.FirstOrDefault(person => person.Id == _person)?.Zone ?? "UTC";
        }
    }

    private void Edit(ContactMethod method, Form form) => (_method, _open, _secret, _fault) = (method, form, null, null);

    private void Leave() => _open = Form.None;

    private async Task SavedAsync()
    {
        Leave();
        await LoadAsync();
    }

    /// <summary>What was added is to be verified: the dialog goes on to the code.</summary>
    private async Task AddedAsync(AddedContactMethod added)
    {
        await LoadAsync();
        _method = _contacts?.Methods.FirstOrDefault(method => method.Id == added.Id);
        _secret = added.SigningSecret;
        _open = _method is null ? Form.None : Form.Verify;
    }

    private Task TestAsync(ContactMethod method) => DoAsync(new SendTestPage(method.Id));

    private Task MoveAsync((ContactMethod Method, int Places) move) => DoAsync(new ChangeContactMethod(move.Method.Id) { Move = move.Places });

    private async Task RemoveAsync()
    {
        if (_method is { } method)
        {
            Leave();
            await DoAsync(new RemoveContactMethod(method.Id));
        }
    }

    private async Task DoAsync(ICommand<Done> command)
    {
        var outcome = await Send(command);
        _fault = outcome.Failure?.Message;
        await LoadAsync();
    }
}
