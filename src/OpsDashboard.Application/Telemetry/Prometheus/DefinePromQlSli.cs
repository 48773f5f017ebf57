using FluentValidation;
using MediatR;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Telemetry.Prometheus;

/// <summary>
/// Adds an SLI whose minutes are read from a data source, or lets one that is known be read from there: an SLI of a shipped catalog
/// keeps its objectives and gets its measurements.
/// </summary>
public sealed record DefinePromQlSli : ICommand<string>, IScoped
{
    public static Access Access => Access.EditObjectives;

    Touches IScoped.Touches => Touches.One(Touched.Service(Platform, Service));

    public required string Platform { get; init; }

    public required string Service { get; init; }

    public required string Name { get; init; }

    public string? DisplayName { get; init; }

    /// <summary>Of a value, for display.</summary>
    public string? Unit { get; init; }

    public required PromQlQueries Queries { get; init; }
}

internal sealed class DefinePromQlSliValidator : AbstractValidator<DefinePromQlSli>
{
    public DefinePromQlSliValidator()
    {
        RuleFor(sli => sli.Platform).Must(StoredSlis.IsName).WithErrorCode("platform.name").WithMessage(StoredSlis.NameRule);
        RuleFor(sli => sli.Service).Must(StoredSlis.IsName).WithErrorCode("service.name").WithMessage(StoredSlis.NameRule);
        RuleFor(sli => sli.Name).Must(StoredSlis.IsName).WithErrorCode("name.name").WithMessage(StoredSlis.NameRule);
        RuleFor(sli => sli.DisplayName).MaximumLength(200).WithErrorCode("displayName.tooLong").WithMessage("At most 200 characters.");
        RuleFor(sli => sli.Queries).NotNull().WithErrorCode("queries.required").WithMessage("The queries are missing.");
        RuleFor(sli => sli.Unit).MaximumLength(40).WithErrorCode("unit.tooLong").WithMessage("At most 40 characters.");
    }
}

internal sealed class DefinePromQlSliHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<DefinePromQlSli, Outcome<string>>
{
    public async Task<Outcome<string>> Handle(DefinePromQlSli request, CancellationToken cancellationToken)
    {
        var queries = request.Queries;
        var faults = queries.Check();
        if (faults.Count > 0)
        {
            return Failure.Invalid([.. faults.Select(fault => fault with { Pointer = $"/queries{fault.Pointer}" })]);
        }

        var source = await db.FindDataSourceAsync(queries.DataSource, cancellationToken);
        if (source is null || !PrometheusSettings.Speaks(source.Definition))
        {
            return Failure.Invalid("/queries/dataSource", "dataSource.known", $"There is no data source {queries.DataSource} that speaks PromQL.");
        }

        var id = $"{request.Platform}/{request.Service}/{request.Name}";
        var before = await db.FindSliAsync(id, cancellationToken);
        if (before is { Definition.Source: SliSource.Probed })
        {
            return Failure.Invalid("/name", "name.probe", $"{id} is measured by a probe.");
        }

        if (before is not null && !queries.Fits(before.Definition.Kind))
        {
            return Failure.Invalid("/queries/shape", "shape.kind", $"{id} exists and measures {Describe(before.Definition.Kind)}; these queries give something else.");
        }

        var definition = before is null ? ToNew(request, id) : before.Definition with { Source = queries.ToSource() };
        db.Announce(time.NowMs(), ("catalog", "all"), (PollLedger.Topic, PollLedger.Key));
        await db.PutSliAsync(definition, cancellationToken);
        return id;
    }

    private static SliDefinition ToNew(DefinePromQlSli request, string id) => new()
    {
        Id = id,
        Platform = request.Platform,
        Service = request.Service,
        Name = request.Name,
        DisplayName = request.DisplayName,
        Kind = request.Queries.Kind,
        Unit = request.Queries.Shape switch
        {
            PromQlShape.Buckets => "ms",
            PromQlShape.Value => request.Unit,
            PromQlShape.GoodAndTotal or PromQlShape.BadAndTotal => null,
        },
        Source = request.Queries.ToSource(),
    };

    private static string Describe(SliKind kind) => kind switch
    {
        SliKind.Ratio => "good and total events",
        SliKind.Job => "jobs that succeeded and ended",
        SliKind.Latency => "latencies",
        SliKind.Value => "a value",
        SliKind.Freshness => "an age",
    };
}
