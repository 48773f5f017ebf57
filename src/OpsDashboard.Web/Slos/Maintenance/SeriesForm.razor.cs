using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Maintenance;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Slos.Maintenance;

/// <summary>Plans work that recurs.</summary>
public sealed partial class SeriesForm() : DraftForm("series")
{
    private const string Weekly = "weekly";
    private const string MonthlyDay = "monthly-day";
    private const string MonthlyWeekday = "monthly-weekday";

    private static readonly DayOfWeek[] Week =
    [
        DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday,
    ];

    private static readonly (string Value, string Word)[] Kinds = [(Weekly, "Weekly"), (MonthlyDay, "Monthly, on a day"), (MonthlyWeekday, "Monthly, on a weekday")];
    private static readonly (string Value, string Word)[] Ordinals = [("1", "First"), ("2", "Second"), ("3", "Third"), ("4", "Fourth"), ("-1", "Last")];
    private static readonly IReadOnlyList<(string Value, string Word)> Weekdays = [.. Week.Select(day => (day.ToString(), day.ToString()))];

    private readonly HashSet<DayOfWeek> _days = [DayOfWeek.Sunday];
    private string _platform = "";
    private string _service = "";
    private string _kind = Weekly;
    private string _every = "1";
    private string _dayOfMonth = "1";
    private string _ordinal = "1";
    private string _weekday = nameof(DayOfWeek.Sunday);
    private string _at = "02:00";
    private string _duration = "240";
    private string _zone = "UTC";
    private string _from = "";
    private string _until = "";
    private string _reason = "";

    [Inject] private TimeProvider Clock { get; set; } = default!;

    /// <summary>Paths platform/service.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<string> Services { get; set; } = [];

    [Parameter] public EventCallback OnPlanned { get; set; }

    private IReadOnlyList<(string Value, string Word)> Platforms =>
        [.. Services.Select(path => path.Split('/')[0]).Distinct(StringComparer.Ordinal).Select(name => (name, name))];

    private IReadOnlyList<(string Value, string Word)> PlatformServices =>
        [.. Services.Select(path => path.Split('/')).Where(parts => parts[0] == _platform).Select(parts => (parts[1], parts[1]))];

    protected override void OnInitialized() => _from = Clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private void ChoosePlatform(string platform)
    {
        _service = "";
        Change(ref _platform, platform, "/platform");
    }

    private void Toggle(DayOfWeek day)
    {
        if (!_days.Remove(day))
        {
            _days.Add(day);
        }

        Faults = Faults.Without("/days");
    }

    private async Task PlanAsync()
    {
        if (IsBusy || Read() is not { } plan)
        {
            return;
        }

        var outcome = await SubmitAsync(plan);
        if (outcome.Succeeded)
        {
            await OnPlanned.InvokeAsync();
        }
    }

    /// <returns>Null when something is no number, time or day; the faults say so then.</returns>
    private PlanMaintenanceSeries? Read()
    {
        var faults = new List<Fault>();
        var every = Number(_every, "/every");
        var duration = Number(_duration, "/durationMinutes");
        var dayOfMonth = _kind == MonthlyDay ? Number(_dayOfMonth, "/dayOfMonth") : null;
        var at = TimeOnly.TryParse(_at, CultureInfo.InvariantCulture, out var time) ? time : Faulty<TimeOnly>("/at", "A time of day is required.");
        var from = DateOnly.TryParse(_from, CultureInfo.InvariantCulture, out var first) ? first : Faulty<DateOnly>("/from", "A day is required.");
        DateOnly? until = _until.Length == 0 ? null : DateOnly.TryParse(_until, CultureInfo.InvariantCulture, out var last) ? last : Faulty<DateOnly>("/until", "This is no day.");
        Faults = FieldFaults.Of(faults);
        return faults.Count > 0
            ? null
            : new PlanMaintenanceSeries
            {
                Platform = _platform,
                Service = _service.Length == 0 ? null : _service,
                Reason = _reason,
                Rule = new MaintenanceRecurrence
                {
                    Unit = _kind == Weekly ? RecurrenceUnit.Weekly : RecurrenceUnit.Monthly,
                    Every = every!.Value,
                    Days = _kind == Weekly ? [.. Week.Where(_days.Contains)] : _kind == MonthlyWeekday ? [Enum.Parse<DayOfWeek>(_weekday)] : [],
                    DayOfMonth = dayOfMonth,
                    Ordinal = _kind == MonthlyWeekday ? int.Parse(_ordinal, CultureInfo.InvariantCulture) : null,
                    At = at,
                    DurationMinutes = duration!.Value,
                    Zone = _zone.Trim(),
                    From = from,
                    Until = until,
                },
            };

        int? Number(string text, string pointer)
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }

            faults.Add(new Fault(pointer, "number.whole", "A whole number is required."));
            return null;
        }

        T Faulty<T>(string pointer, string message)
            where T : struct
        {
            faults.Add(new Fault(pointer, "value.required", message));
            return default;
        }
    }
}
