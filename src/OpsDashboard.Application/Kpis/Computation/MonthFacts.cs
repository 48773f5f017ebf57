using OpsDashboard.Application.Agreements.Statements;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Changes;
using OpsDashboard.Application.Incidents.Figures;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Domain.Changes;

namespace OpsDashboard.Application.Kpis.Computation;

/// <summary>What a month holds to compute figures of, each part read when a formula first asks for it.</summary>
internal sealed class MonthFacts(IDispatcher dispatcher, YearMonth month, IReadOnlyList<MonthResult> results, DateTimeOffset now)
{
    private readonly Dictionary<string, IReadOnlyList<IncidentTarget>> incidents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<DeploymentEntry>> deployments = new(StringComparer.Ordinal);
    private IReadOnlyList<string>? services;
    private IReadOnlyList<Statement>? statements;

    public DateTimeOffset From => month.Start;

    /// <summary>The month's end, or now while it runs.</summary>
    public DateTimeOffset To => month.End < now ? month.End : now;

    public MonthResult? Slo(string id) => results.FirstOrDefault(result => result.Definition.Id == id);

    public IEnumerable<MonthResult> Judged(string platform) => results.Where(result => result.Definition.Platform == platform && result.IsJudged);

    /// <summary>Whether anything of the platform was measured at all: a count of nothing is only then zero.</summary>
    public bool IsObserved(string platform) => results.Any(result => result.Definition.Platform == platform && result.Total > 0);

    public async Task<decimal?> IncidentAsync(string platform, string id, CancellationToken cancellationToken)
    {
        if (!incidents.TryGetValue(platform, out var targets))
        {
            incidents[platform] = targets = (await dispatcher.Send(new GetMeanTimes(From, To, platform), cancellationToken)).Value.Targets;
        }

        return targets.FirstOrDefault(target => target.Id == id)?.Value;
    }

    /// <summary>To production, ended in the month.</summary>
    public async Task<IReadOnlyList<DeploymentEntry>> DeploymentsAsync(string platform, CancellationToken cancellationToken)
    {
        if (!deployments.TryGetValue(platform, out var ended))
        {
            var found = new List<DeploymentEntry>();
            // One that began before the month may have ended in it.
            for (var from = From.AddDays(-7); from < To; from = from.AddDays(1))
            {
                var until = from.AddDays(1) < To ? from.AddDays(1) : To;
                found.AddRange((await dispatcher.Send(new ListDeployments { Platform = platform, From = from, To = until }, cancellationToken)).Value);
            }

            deployments[platform] = ended = [.. found.Where(entry => entry.Deployment is { IsProduction: true, FinishedAt: { } at } && at >= From && at < To)];
        }

        return ended;
    }

    public async Task<IReadOnlyList<DoraKey>> DoraAsync(string platform, CancellationToken cancellationToken) =>
        DoraKeys.Of((await DeploymentsAsync(platform, cancellationToken)).Select(entry => entry.Deployment), From, To);

    public async Task<IReadOnlyList<string>> ServicesAsync(string platform, CancellationToken cancellationToken)
    {
        services ??= (await dispatcher.Send(new ListServices(), cancellationToken)).Value;
        return [.. services.Where(path => path.StartsWith($"{platform}/", StringComparison.Ordinal))];
    }

    public async Task<IReadOnlyList<Statement>> StatementsAsync(string platform, CancellationToken cancellationToken)
    {
        statements ??= (await dispatcher.Send(new ListMonthStatements(month.ToString()), cancellationToken)).Value;
        return [.. statements.Where(one => one.Terms.Slos.Any(slo => slo.StartsWith($"{platform}/", StringComparison.Ordinal)))];
    }
}
