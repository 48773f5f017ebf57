using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Editing;
using OpsDashboard.Application.Telemetry.Prometheus;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Telemetry;

/// <summary>Defines an SLI by queries, which can be tried before they are kept.</summary>
public sealed partial class SliForm() : DraftForm("sli")
{
    private string _platform = "";
    private string _service = "";
    private string _name = "";
    private string _source = "";
    private string _query = "";
    private string _total = "";
    private string _unit = "";
    private string _target = "";
    private string _limit = "";
    private PromQlShape _shape = PromQlShape.GoodAndTotal;
    private PromQlTrial? _trial;
    private bool _counter = true;
    private bool _boundsInMs;

    /// <summary>Id of the source chosen first.</summary>
    [Parameter] public string DataSource { get; set; } = "";

    [Parameter, EditorRequired] public IReadOnlyList<DataSourceSummary> Sources { get; set; } = [];

    /// <summary>Paths platform/service.</summary>
    [Parameter] public IReadOnlyList<string> Services { get; set; } = [];

    [Parameter] public EventCallback OnSaved { get; set; }

    private static IReadOnlyList<(string Value, string Word)> Shapes { get; } =
        [.. Enum.GetValues<PromQlShape>().Select(shape => (shape.ToString(), SourceWords.Of(shape)))];

    private IReadOnlyList<(string Value, string Word)> SourceOptions =>
        [.. Sources.Where(source => source.State != DataSourceState.NotAsked).Select(source => (source.Id, source.Id))];

    private IEnumerable<string> KnownServices => Services.Select(path => path.Split('/')).Where(parts => parts[0] == _platform).Select(parts => parts[1]);

    private bool HasTotal => _shape is PromQlShape.GoodAndTotal or PromQlShape.BadAndTotal;

    private string QueryLabel => _shape switch
    {
        PromQlShape.GoodAndTotal => "Query for good events",
        PromQlShape.BadAndTotal => "Query for bad events",
        PromQlShape.Buckets => "Query for the buckets",
        PromQlShape.Value => "Query for the value",
    };

    private string QueryHint => _shape switch
    {
        PromQlShape.GoodAndTotal => "As http_requests_total{code!~\"5..\"}, or a bucket such as http_duration_seconds_bucket{le=\"0.3\"}.",
        PromQlShape.BadAndTotal => "As http_requests_total{code=~\"5..\"}. Where it has no series, nothing was bad.",
        PromQlShape.Buckets => "As http_duration_seconds_bucket; the buckets are summed by le.",
        PromQlShape.Value => "One series, as max(queue_age_seconds).",
    };

    protected override void OnInitialized()
    {
        _source = DataSource;
        _platform = DataSource.Split('/')[0];
    }

    protected override void OnChanged(string pointer)
    {
        base.OnChanged(pointer);
        Touch();
    }

    private void Tick(ref bool field, ChangeEventArgs change)
    {
        field = change.Value is true;
        Touch();
    }

    private void ChooseShape(string shape)
    {
        _shape = Enum.Parse<PromQlShape>(shape);
        Faults = FieldFaults.None;
        Touch();
    }

    /// <summary>A trial of other queries says nothing about these.</summary>
    private void Touch()
    {
        IsDirty = true;
        _trial = null;
    }

    private PromQlQueries Read() => new()
    {
        DataSource = _source,
        Shape = _shape,
        Query = _query,
        Total = HasTotal ? _total : null,
        Counter = _counter,
        BoundsInMs = _boundsInMs,
    };

    private async Task TryAsync()
    {
        var dirty = IsDirty;
        var outcome = await SubmitAsync(new TryPromQl(Read()));
        // Tried is not saved.
        IsDirty = dirty;
        _trial = outcome.Succeeded ? outcome.Value : null;
        Faults = outcome.Failure is { Faults.Count: > 0 } failure
            ? FieldFaults.Of([.. failure.Faults.Select(fault => new Fault($"/queries{fault.Pointer}", fault.Rule, fault.Message))])
            : FieldFaults.Of(outcome.Failure);
    }

    private async Task SaveAsync()
    {
        if (IsBusy || !TryReadObjective(out var objective))
        {
            return;
        }

        var define = new DefinePromQlSli
        {
            Platform = _platform.Trim(),
            Service = _service.Trim(),
            Name = _name.Trim(),
            Unit = _unit.Trim() is { Length: > 0 } unit ? unit : null,
            Queries = Read(),
        };
        var outcome = await SubmitAsync(async () =>
        {
            var defined = await Dispatcher.Send(define, CancellationToken.None);
            return defined.Succeeded && objective is not null
                ? await Dispatcher.Send(objective with { SliId = defined.Value }, CancellationToken.None)
                : defined;
        });
        if (outcome.Succeeded)
        {
            await OnSaved.InvokeAsync();
        }
    }

    /// <summary>The objective to go with the SLI, if a target was given.</summary>
    private bool TryReadObjective(out DefineSlo? objective)
    {
        objective = null;
        var faults = new List<Fault>();
        var target = NumberField.ReadPercent(_target, "/target", faults);
        var limit = HasTotal || target is null ? null : NumberField.ReadDecimal(_limit, "/threshold", faults);
        Faults = FieldFaults.Of(faults);
        if (target is { } fraction && faults.Count == 0)
        {
            objective = new DefineSlo
            {
                SliId = "",
                Target = fraction,
                Threshold = limit is { } bound ? new Threshold(_shape == PromQlShape.Buckets ? Comparison.LessThan : Comparison.LessOrEqual, bound) : null,
            };
        }

        return faults.Count == 0;
    }
}
