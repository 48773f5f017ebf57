using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Slos.Maintenance;

/// <summary>An objective as far as maintenance concerns it.</summary>
internal sealed record MaintainedObjective(string Platform, string Service, MaintenanceTerms? Terms);

/// <summary>What the objectives of the present make of each window, by the rules of <see cref="ExclusionPlan"/>.</summary>
internal sealed class MaintenanceJudgement(IReadOnlyList<MaintenanceRow> windows, IReadOnlyList<MaintainedObjective> objectives)
{
    public IReadOnlyList<MaintenanceVerdict> Of(MaintenanceRow window) =>
    [
        .. from objective in objectives
           where objective.Platform == window.Platform && (window.Service is null || objective.Service == window.Service)
           group objective by (objective.Service, objective.Terms) into alike
           let verdict = Judge(window, alike.Key.Service, alike.Key.Terms, alike.Count())
           group verdict by verdict with { Objectives = 0 } into same
           orderby same.Key.UnforgivenSeconds descending, same.Key.ForgivenSeconds
           select same.Key with { Objectives = same.Sum(verdict => verdict.Objectives) },
    ];

    private MaintenanceVerdict Judge(MaintenanceRow window, string service, MaintenanceTerms? terms, int count)
    {
        var span = new WindowSpan(
            TimeIndex.MinuteOf(window.StartMs + Instants.MinuteMs - 1),
            TimeIndex.MinuteOf(window.EndMs));
        var planned = Math.Max(0, span.End - span.Start) * 60L;
        if (terms is null)
        {
            return new MaintenanceVerdict { Objectives = count, ForgivenSeconds = 0, UnforgivenSeconds = planned, Objection = MaintenanceObjection.NoTerms };
        }

        var plan = ExclusionPlan.Of(terms, [.. windows.Where(other => Concerns(other, window, service)).Select(ToPlanned)], span);
        var forgiven = plan.Forgiven.Sum(part => part.End - part.Start) * 60L;
        return new MaintenanceVerdict
        {
            Objectives = count,
            Terms = terms,
            ForgivenSeconds = forgiven,
            UnforgivenSeconds = planned - forgiven,
            Objection = Objection(window, terms, planned - forgiven),
        };
    }

    private static MaintenanceObjection Objection(MaintenanceRow window, MaintenanceTerms terms, long unforgiven)
    {
        if (unforgiven == 0)
        {
            return MaintenanceObjection.None;
        }

        return terms.NoticeSeconds > 0 && window.AnnouncedAtMs > window.StartMs - (terms.NoticeSeconds * 1000)
            ? MaintenanceObjection.LateNotice
            : MaintenanceObjection.CapUsed;
    }

    private static bool Concerns(MaintenanceRow other, MaintenanceRow window, string service) =>
        other.Platform == window.Platform && (other.Service is null || other.Service == service);

    private static PlannedMaintenance ToPlanned(MaintenanceRow row) => new(row.StartMs, row.EndMs, row.AnnouncedAtMs);
}
