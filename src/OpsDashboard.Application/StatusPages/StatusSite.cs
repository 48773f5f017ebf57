using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Domain.StatusPages;

namespace OpsDashboard.Application.StatusPages;

/// <summary>Everything the public status pages show, of all platforms at once; one page is a part of it.</summary>
public sealed record StatusSite
{
    /// <summary>Name of the page that shows every platform.</summary>
    public const string All = "all";

    /// <summary>Days in the bars, today included.</summary>
    public const int Days = 90;

    public required DateTimeOffset At { get; init; }

    /// <summary>Platforms with at least one component that is shown, by title.</summary>
    public required IReadOnlyList<StatusPlatform> Platforms { get; init; }

    /// <summary>In their order; only those the public sees.</summary>
    public required IReadOnlyList<ComponentView> Components { get; init; }

    /// <summary>Published incidents that touch the last <see cref="Days"/> days, newest first.</summary>
    public required IReadOnlyList<StatusIncident> Incidents { get; init; }

    /// <summary>Windows that ended at most <see cref="Days"/> days ago or start within 60 days, earliest first.</summary>
    public required IReadOnlyList<StatusMaintenance> Maintenance { get; init; }

    public required OutageWeights Weights { get; init; }

    /// <summary>When something on the page next changes by the passing of time; at the latest the next day.</summary>
    public required DateTimeOffset ChangesAt { get; init; }

    /// <summary>Null when there is no such page.</summary>
    /// <param name="name">A platform or <see cref="All"/>.</param>
    public StatusPage? Page(string name)
    {
        if (name == All)
        {
            return new StatusPage(this, All, "Status", Components, Incidents, Maintenance);
        }

        return Platforms.FirstOrDefault(platform => platform.Id == name) is { } found
            ? new StatusPage(
                this,
                name,
                found.Title,
                [.. Components.Where(component => component.Platform == name)],
                [.. Incidents.Where(incident => incident.Effects.Any(effect => effect.Platform == name))],
                [.. Maintenance.Where(window => window.Platform == name)])
            : null;
    }
}

public sealed record StatusPlatform(string Id, string Title);

/// <summary>One public page.</summary>
public sealed record StatusPage(
    StatusSite Site,
    string Name,
    string Title,
    IReadOnlyList<ComponentView> Components,
    IReadOnlyList<StatusIncident> Incidents,
    IReadOnlyList<StatusMaintenance> Maintenance)
{
    public ComponentState Worst => Components.Select(component => component.State).DefaultIfEmpty(ComponentState.Operational).Max();

    public IEnumerable<StatusIncident> Unresolved => Incidents.Where(incident => incident.ResolvedAt is null);

    public IEnumerable<StatusMaintenance> Active => Maintenance.Where(window => window.State is StatusMaintenanceState.InProgress or StatusMaintenanceState.Verifying);

    public IEnumerable<StatusMaintenance> Upcoming => Maintenance.Where(window => window.State == StatusMaintenanceState.Scheduled);

    /// <summary>Components in their groups, in order of the first of each.</summary>
    public IEnumerable<IGrouping<string, ComponentView>> Groups => Components.GroupBy(component => component.Group, StringComparer.Ordinal);

    /// <summary>Last instant at which something was said.</summary>
    public DateTimeOffset UpdatedAt => Incidents.Select(incident => incident.UpdatedAt)
        .Concat(Components.Select(component => component.UpdatedAt))
        .DefaultIfEmpty(Site.At)
        .Max();
}

/// <summary>A component as the public sees it.</summary>
public sealed record ComponentView
{
    /// <summary>Twelve letters and digits.</summary>
    public required string Id { get; init; }

    public required string Platform { get; init; }

    /// <summary>Path platform/service; null: kept by hand.</summary>
    public string? Service { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public required string Group { get; init; }

    public required int Position { get; init; }

    public required ComponentState State { get; init; }

    /// <summary>Why a person set the state; null: derived.</summary>
    public string? SetByHand { get; init; }

    /// <summary><see cref="StatusSite.Days"/> days, oldest first; null where there is no record.</summary>
    public required IReadOnlyList<ComponentDay?> Days { get; init; }

    /// <summary>Null: no objective measures its uptime.</summary>
    public UptimeFigure? Uptime { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What it was over the days shown, earliest first; neighbours differ.</summary>
    public required IReadOnlyList<ComponentSpan> Spans { get; init; }

    /// <summary>What it was told to be at an instant; before the days shown it counts as working.</summary>
    public ComponentState StateAt(DateTimeOffset at)
    {
        var instant = at.ToUnixTimeMilliseconds();
        return Spans.LastOrDefault(span => span.From <= instant, new ComponentSpan(0, 0, ComponentState.Operational)).State;
    }
}

/// <summary>Uptime as an objective measured it over calendar months, newest included.</summary>
/// <param name="Ratio">Null: nothing was measured.</param>
/// <param name="From">First month with data.</param>
public sealed record UptimeFigure(string SloId, string SloName, decimal? Ratio, decimal Target, YearMonth? From, YearMonth To);

public enum StatusIncidentState
{
    Investigating,
    Identified,
    Monitoring,
    Resolved,
}

/// <summary>What an incident does to one service.</summary>
/// <param name="Service">Path platform/service; null: the whole platform.</param>
public sealed record StatusEffect(string Platform, string? Service, ComponentState State);

/// <param name="Text">Markdown, as the author wrote it.</param>
public sealed record StatusUpdate(long Id, StatusIncidentState State, string Text, DateTimeOffset At);

/// <summary>An incident the public was told of.</summary>
public sealed record StatusIncident
{
    public required long Id { get; init; }

    public required string Title { get; init; }

    public required StatusIncidentState State { get; init; }

    public required IReadOnlyList<StatusEffect> Effects { get; init; }

    /// <summary>Newest first; at least one.</summary>
    public required IReadOnlyList<StatusUpdate> Updates { get; init; }

    /// <summary>When it began, which may be before the first word of it.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    public DateTimeOffset UpdatedAt => Updates.Select(update => update.At).DefaultIfEmpty(StartedAt).Max();

    public ComponentState Worst => Effects.Select(effect => effect.State).DefaultIfEmpty(ComponentState.Operational).Max();
}

public enum StatusMaintenanceState
{
    Scheduled,
    InProgress,
    Verifying,
    Completed,
}

/// <summary>Planned work as the public sees it.</summary>
/// <param name="Service">Path platform/service; null: the whole platform.</param>
public sealed record StatusMaintenance(
    int Id,
    string Platform,
    string? Service,
    string Title,
    StatusMaintenanceState State,
    DateTimeOffset Start,
    DateTimeOffset End,
    DateTimeOffset AnnouncedAt,
    DateTimeOffset? VerifyingSince,
    bool Recurs);
