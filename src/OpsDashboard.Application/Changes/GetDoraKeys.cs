using MediatR;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Changes;

namespace OpsDashboard.Application.Changes;

/// <summary>The five keys of software delivery over the last days, against the same span before.</summary>
/// <param name="Days">1 to 366.</param>
/// <param name="Service">platform/service.</param>
public sealed record GetDoraKeys(int Days, string? Platform = null, string? Service = null, string? Team = null) : IQuery<DoraReport>
{
    public const int MaxDays = 366;

    public static Access Access => Access.View;
}

/// <param name="Before">The same keys of the span before.</param>
/// <param name="Violations">How many deployments to production broke a rule of the process.</param>
public sealed record DoraReport(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<DoraKey> Keys, IReadOnlyList<DoraKey> Before, int Deployments, int Violations);

internal sealed class GetDoraKeysHandler(OpsDbContext db, IDispatcher dispatcher, TimeProvider time) : IRequestHandler<GetDoraKeys, Outcome<DoraReport>>
{
    public async Task<Outcome<DoraReport>> Handle(GetDoraKeys request, CancellationToken cancellationToken)
    {
        if (request.Days is < 1 or > GetDoraKeys.MaxDays)
        {
            return Failure.Invalid("/days", "days.range", $"Between 1 and {GetDoraKeys.MaxDays} days.");
        }

        var to = time.GetUtcNow();
        var from = to.AddDays(-request.Days);
        // One that began before the span may have ended in it.
        var all = await db.ReadDeploymentsAsync(from.AddDays(-request.Days - 7), to.AddMinutes(5), request.Platform, request.Team, cancellationToken);
        var wanted = all.Where(one => request.Service is null || one.Service == request.Service).ToList();
        var listed = await dispatcher.Send(
            new ListDeployments { Platform = request.Platform, Team = request.Team, Services = request.Service is null ? null : [request.Service], From = from },
            cancellationToken);
        var production = listed.Value.Where(entry => entry.Deployment.IsProduction).ToList();
        return new DoraReport(
            from,
            to,
            DoraKeys.Of(wanted, from, to),
            DoraKeys.Of(wanted, from.AddDays(-request.Days), from),
            production.Count,
            production.Count(entry => entry.Violations.Count > 0));
    }
}
