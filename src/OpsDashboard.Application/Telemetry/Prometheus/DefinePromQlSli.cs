using FluentValidation;
using MediatR;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Telemetry.Prometheus;

/// <summary>Adds an SLI whose minutes are read from a data source, or changes the queries of one.</summary>
public sealed record DefinePromQlSli : ICommand<string>
{
    public static Access Access => Access.EditObjectives;

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
        if (before is not null && (before.Definition.Source is not SliSource.Prometheus || before.Definition.Kind != queries.Kind))
        {
            return Failure.Invalid("/name", "name.taken", $"{id} exists and measures something else.");
        }

        var definition = new SliDefinition
        {
            Id = id,
            Platform = request.Platform,
            Service = request.Service,
            Name = request.Name,
            DisplayName = request.DisplayName,
            Kind = queries.Kind,
            Unit = UnitOf(request),
            Source = queries.ToSource(),
        };
        db.Announce(time.NowMs(), ("catalog", "all"), (PollLedger.Topic, PollLedger.Key));
        await db.PutSliAsync(definition, cancellationToken);
        return id;
    }

    // Latencies are kept in milliseconds; the unit of an SLI of buckets says what its bounds are in.
    private static string? UnitOf(DefinePromQlSli request) => request.Queries.Shape switch
    {
        PromQlShape.Buckets => request.Queries.BoundsInMs ? "ms" : null,
        PromQlShape.Value => request.Unit,
        PromQlShape.GoodAndTotal or PromQlShape.BadAndTotal => null,
    };
}
