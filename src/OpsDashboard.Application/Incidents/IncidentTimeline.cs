using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Incidents;

/// <summary>What happened, in order, for all viewers at once. Entries are only ever added. Saves nothing by itself: the caller's transaction does.</summary>
public sealed class IncidentTimeline
{
    private readonly OpsDbContext db;
    private readonly TimeProvider time;

    internal IncidentTimeline(OpsDbContext db, TimeProvider time)
    {
        this.db = db;
        this.time = time;
    }

    /// <param name="text">Markdown for notes and updates, else plain; longer than 8,000 characters is cut.</param>
    /// <param name="actor">Null: the product itself.</param>
    /// <param name="atMs">When it happened.</param>
    public void Append(long incidentId, TimelineKind kind, string text, string? actor, long atMs)
    {
        db.Add(new TimelineRow
        {
            IncidentId = incidentId,
            Kind = kind,
            Text = text.Length <= TimelineRow.MaxTextLength ? text : $"{text[..(TimelineRow.MaxTextLength - 1)]}…",
            Actor = actor,
            AtMs = atMs,
        });
        db.Announce(time.NowMs(), Subjects(incidentId));
    }

    /// <summary>What every change of an incident touches.</summary>
    internal static IEnumerable<(string Topic, string Key)> Subjects(long incidentId) =>
        [("incident", incidentId.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("incidents", "all")];
}
