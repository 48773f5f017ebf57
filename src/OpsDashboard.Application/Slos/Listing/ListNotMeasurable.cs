using MediatR;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Listing;

/// <summary>Figures of the shipped contracts that no objective can watch, with the reason, catalog by catalog.</summary>
public sealed record ListNotMeasurable : IQuery<IReadOnlyList<UnwatchedFigure>>
{
    public static Access Access => Access.View;
}

/// <param name="Catalog">Name of the shipped catalog, which is its platform.</param>
public sealed record UnwatchedFigure(string Catalog, Clause Clause, string Reason);

internal sealed class ListNotMeasurableHandler : IRequestHandler<ListNotMeasurable, Outcome<IReadOnlyList<UnwatchedFigure>>>
{
    // Part of the program: it cannot change while it runs.
    private static readonly Lazy<IReadOnlyList<UnwatchedFigure>> Figures = new(() =>
        [.. ShippedCatalogs.Load().SelectMany(catalog => catalog.NotMeasurable.Select(figure => new UnwatchedFigure(catalog.Name, figure.Clause, figure.Reason)))]);

    public Task<Outcome<IReadOnlyList<UnwatchedFigure>>> Handle(ListNotMeasurable request, CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<IReadOnlyList<UnwatchedFigure>>>(Figures.Value.ToList());
}
