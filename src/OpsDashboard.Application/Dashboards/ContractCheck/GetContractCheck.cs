using MediatR;
using OpsDashboard.Application.Agreements;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Incidents.Alerts.MetricRules;
using OpsDashboard.Application.Kpis;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Listing;
using OpsDashboard.Domain.Contracts;

namespace OpsDashboard.Application.Dashboards.ContractCheck;

/// <summary>Figures of the contracts, as the product has them now, that do not fit each other.</summary>
/// <param name="Platform">Null: all.</param>
public sealed record GetContractCheck(string? Platform = null) : IQuery<ContractCheckReport>
{
    public static Access Access => Access.ReadReports;
}

/// <param name="Compared">How many figures were set against each other.</param>
public sealed record ContractCheckReport(IReadOnlyList<ContractFinding> Findings, int Compared, IReadOnlyList<string> Platforms);

internal sealed class GetContractCheckHandler(SloDefinitions slos, MetricRuleTerms rules, IDispatcher dispatcher, CallerContext caller) : IRequestHandler<GetContractCheck, Outcome<ContractCheckReport>>
{
    // Part of the program: it cannot change while it runs.
    private static readonly Lazy<IReadOnlyList<ShippedFigures>> Shipped = new(ShippedCatalogs.LoadFigures);

    public async Task<Outcome<ContractCheckReport>> Handle(GetContractCheck request, CancellationToken cancellationToken)
    {
        var kpis = await dispatcher.Send(new ListKpis(), cancellationToken);
        var agreements = await dispatcher.Send(new ListAgreements(), cancellationToken);
        if ((kpis.Failure ?? agreements.Failure) is { } failure)
        {
            return failure;
        }

        var source = new FigureSource(Shipped.Value);
        var figures = source.Of(
            await slos.ReadAsync(cancellationToken),
            await rules.ReadAsync(cancellationToken),
            kpis.Value,
            agreements.Value);
        var reach = caller.Current.ScopeOf(GetContractCheck.Access);
        var seen = figures.Where(figure => reach.Covers(figure.Platform)).ToList();
        var findings = Domain.Contracts.ContractCheck.Run(seen)
            .Where(finding => request.Platform is null || finding.Figures.Any(figure => figure.Platform == request.Platform))
            .ToList();
        return new ContractCheckReport(findings, seen.Count, [.. seen.Select(figure => figure.Platform).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }
}
