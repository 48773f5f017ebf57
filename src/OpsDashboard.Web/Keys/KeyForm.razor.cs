using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Keys;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Keys;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Keys;

/// <summary>Makes a key.</summary>
public sealed partial class KeyForm
{
    private const string Form = "key";

    private readonly HashSet<Access> _verbs = [Access.View];
    private readonly HashSet<KeySource> _sources = [];
    private string _name = "";
    private string _places = "";
    private string _tier = nameof(KeyTier.Professional);
    private string _days = KeyTerms.MostDays.ToString(CultureInfo.InvariantCulture);
    private FieldFaults _faults = FieldFaults.None;
    private bool _dirty;
    private bool _busy;

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    [Inject] private IOptions<KeysOptions> Limits { get; set; } = default!;

    [Parameter] public EventCallback<CreatedKey> OnSaved { get; set; }

    [Parameter] public EventCallback OnLeave { get; set; }

    private IReadOnlyList<(string Value, string Word)> Tiers =>
        [.. Enum.GetValues<KeyTier>().Select(tier => (tier.ToString(), string.Create(CultureInfo.InvariantCulture, $"{Limits.Value.PerMinute(tier):N0} ({tier})")))];

    /// <summary>A fault of one line is a fault of the field.</summary>
    private string? PlacesFault => _faults.All.FirstOrDefault(fault => fault.Pointer.StartsWith("/places", StringComparison.Ordinal))?.Message;

    private static string Id(string pointer) => FieldFaults.IdOf(Form, pointer);

    private void Change(ref string field, string value, string pointer)
    {
        field = value;
        _dirty = true;
        _faults = FieldFaults.Of([.. _faults.All.Where(fault => !fault.Pointer.StartsWith(pointer, StringComparison.Ordinal))]);
    }

    private void Toggle<T>(HashSet<T> chosen, T one, ChangeEventArgs change)
    {
        _dirty = true;
        _faults = _faults.Without("/verbs");
        if (change.Value is true)
        {
            chosen.Add(one);
        }
        else
        {
            chosen.Remove(one);
        }
    }

    private async Task SaveAsync()
    {
        var faults = new List<Fault>();
        var days = NumberField.Read(_days, "/days", faults);
        _faults = FieldFaults.Of(faults);
        if (_busy || faults.Count > 0)
        {
            return;
        }

        _busy = true;
        var outcome = await Dispatcher.Send(
            new CreateKey
            {
                Name = _name,
                Verbs = [.. _verbs.Order()],
                Places = _places.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                Sources = _verbs.Contains(Access.Ingest) ? [.. _sources.Order()] : [],
                Tier = Enum.Parse<KeyTier>(_tier),
                Days = days!.Value,
            },
            CancellationToken.None);
        _busy = false;
        _faults = FieldFaults.Of(outcome.Failure);
        if (outcome.Succeeded)
        {
            _dirty = false;
            await OnSaved.InvokeAsync(outcome.Value);
        }
    }
}
