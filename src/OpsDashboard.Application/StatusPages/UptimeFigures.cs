using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Application.StatusPages.Store;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.StatusPages;

/// <summary>
/// Uptime of components as their objectives measured it over this month and the two before. The months come from the store of the
/// objectives, so the page, the executive screen and a statement show one number.
/// </summary>
internal sealed class UptimeFigures(SloMonths months)
{
    private const int MonthsBack = 2;

    /// <summary>By the component's row; those without an uptime objective are left out.</summary>
    public async Task<IReadOnlyDictionary<int, UptimeFigure>> OfAsync(IReadOnlyList<ComponentRow> components, long nowMs, CancellationToken cancellationToken)
    {
        var to = YearMonth.Of(Instants.ToInstant(nowMs));
        var results = await months.ReadAsync(to.Plus(-MonthsBack), to, cancellationToken);
        var bySlo = results.ToLookup(result => result.Definition.Id, StringComparer.Ordinal);
        var byService = results.Select(result => result.Definition).DistinctBy(slo => slo.Id, StringComparer.Ordinal).ToLookup(slo => $"{slo.Platform}/{slo.Service}", StringComparer.Ordinal);
        var figures = new Dictionary<int, UptimeFigure>();
        foreach (var component in components)
        {
            if (Choose(component, byService) is { } slo && bySlo[slo].ToList() is { Count: > 0 } measured)
            {
                figures[component.Id] = Sum(measured, to);
            }
            else if (component.UptimeSlo is { } named)
            {
                figures[component.Id] = new(named, named, null, 0, null, to);
            }
        }

        return figures;
    }

    /// <summary>The objective chosen by hand, else the strictest of the service that counts time and holds for every tier.</summary>
    internal static string? Choose(ComponentRow component, ILookup<string, SloDefinition> byService) => component.UptimeSlo
        ?? (component.Service is null
            ? null
            : byService[component.Service]
                .Where(slo => slo.Kind == SliKind.Ratio && slo.Budgeting != BudgetingMethod.Occurrences)
                .OrderBy(slo => slo.Tier is not null)
                .ThenByDescending(slo => slo.Target)
                .ThenBy(slo => slo.Id, StringComparer.Ordinal)
                .FirstOrDefault()?.Id);

    private static UptimeFigure Sum(List<MonthResult> measured, YearMonth to)
    {
        var newest = measured.MaxBy(result => result.Month)!.Definition;
        var (good, total) = (measured.Sum(result => result.Good), measured.Sum(result => result.Total));
        return new(newest.Id, newest.Name, total > 0 ? good / total : null, newest.Target, measured.Min(result => result.Month), to);
    }
}
