using Microsoft.AspNetCore.Components;
using NodaTime;
using NodaTime.Text;
using OpsDashboard.Application.OnCall.People;
using OpsDashboard.Application.OnCall.Schedules;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.OnCall.Schedules;

/// <summary>Who is on call when, by week or by month, with the layers it comes from. The URL holds schedule, span and first day.</summary>
public sealed partial class SchedulesPage
{
    private const int Week = 7;
    private const int Month = 28;

    /// <summary>Days around now whose shifts are listed.</summary>
    private const int Ahead = 45;

    private IReadOnlyList<ScheduleSummary>? _schedules;
    private IReadOnlyList<PersonSummary> _people = [];
    private IReadOnlyList<SwapSummary> _swaps = [];
    private IReadOnlyList<Stipend> _stipends = [];
    private IReadOnlyList<string> _palette = [];
    private ScheduleCalendar? _calendar;
    private ScheduleCalendar? _ahead;
    private TimelineScale? _scale;
    private CalendarStretch? _stretch;
    private LocalDate _first;
    private DateTimeOffset _now;
    private string? _position;
    private string? _fault;
    private bool _overriding;
    private bool _feed;
    private bool _failed;

    [Inject] private TimeProvider Time { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "schedule")] private string? Schedule { get; set; }

    [SupplyParameterFromQuery(Name = "view")] private string? View { get; set; }

    [SupplyParameterFromQuery(Name = "from")] private string? From { get; set; }

    private int Step => View == "month" ? Month : Week;

    private IReadOnlyList<LinkOption> Spans =>
        [new("Week", Href(view: "week"), View != "month"), new("Four weeks", Href(view: "month"), View == "month")];

    private string Answer
    {
        get
        {
            if (_calendar is not { } calendar)
            {
                return _schedules is { Count: 0 } ? "There is no schedule yet." : "Reading the calendar.";
            }

            var gaps = calendar.Positions.Sum(position => position.Final.Count(stretch => stretch.Person is null && stretch.End > _now));
            return gaps switch
            {
                0 => "Someone is on call at every position throughout.",
                1 => "<strong>One gap</strong> in what is shown: nobody is on call then.",
                _ => $"<strong>{gaps} gaps</strong> in what is shown: nobody is on call then.",
            };
        }
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override Task OnInitializedAsync() => ListenAsync([("oncall", "all")], TimeSpan.FromMilliseconds(500), LoadAsync);

    private string Href(string? schedule = null, string? view = null, LocalDate? from = null)
    {
        var parts = new List<string> { $"schedule={Uri.EscapeDataString(schedule ?? _calendar?.Id ?? "")}", $"view={view ?? View ?? "week"}" };
        if ((from ?? (view is not null && From is not null ? _first : null)) is { } day)
        {
            parts.Add($"from={LocalDatePattern.Iso.Format(day)}");
        }

        return $"/oncall/schedules?{string.Join('&', parts)}";
    }

    private async Task LoadAsync()
    {
        _now = Time.GetUtcNow();
        var schedules = await Send(new ListSchedules());
        var people = await Send(new ListPeople());
        var swaps = await Send(new ListSwaps());
        _failed = !schedules.Succeeded || !people.Succeeded || !swaps.Succeeded;
        if (!_failed)
        {
            (_schedules, _people, _swaps) = (schedules.Value, people.Value, swaps.Value);
            await LoadCalendarAsync();
        }
    }

    private async Task LoadCalendarAsync()
    {
        if ((_schedules!.FirstOrDefault(one => one.Id == Schedule) ?? (_schedules is [{ } only, ..] ? only : null)) is not { } schedule)
        {
            _calendar = null;
            return;
        }

        var clock = WallTime.In(schedule.Current.Zone);
        var today = clock.DateOf(_now);
        _first = From is not null && LocalDatePattern.Iso.Parse(From) is { Success: true, Value: { Year: >= 2000 and < 2099 } day }
            ? day
            : today;
        var scale = new TimelineScale(clock, _first, Step);
        var calendar = await Send(new GetCalendar { Schedule = schedule.Id, From = scale.From, To = scale.To });
        // Shifts as they are, also those that begin before or end after the days shown.
        var ahead = await Send(new GetCalendar { Schedule = schedule.Id, From = _now.AddDays(-Ahead), To = _now.AddDays(Ahead) });
        var middle = _first.PlusDays(Step / 2);
        var stipends = await Send(new GetStipends { Schedule = schedule.Id, Year = middle.Year, Month = middle.Month });
        _failed = !calendar.Succeeded || !stipends.Succeeded || !ahead.Succeeded;
        if (!_failed)
        {
            (_calendar, _ahead, _scale, _stipends) = (calendar.Value, ahead.Value, scale, stipends.Value);
            // By the rotation, not by what is shown: a person keeps the colour from week to week.
            _palette = [.. schedule.Current.Positions.SelectMany(position => position.Layers).SelectMany(layer => layer.People).Concat(_people.Select(person => person.Id)).Distinct(StringComparer.Ordinal)];
        }
    }

    private PositionCalendar AheadOf(PositionCalendar shown) => _ahead?.Positions.FirstOrDefault(position => position.Id == shown.Id) ?? shown;

    private void Override(string? position, CalendarStretch? stretch) => (_position, _stretch, _fault, _overriding) = (position, stretch, null, true);

    private async Task SavedAsync()
    {
        _overriding = false;
        await LoadAsync();
    }

    private async Task TakeBackAsync(int id)
    {
        _fault = (await Send(new EndOverride(id))).Failure?.Message;
        await LoadAsync();
    }
}
