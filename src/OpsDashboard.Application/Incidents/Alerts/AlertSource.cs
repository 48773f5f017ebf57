namespace OpsDashboard.Application.Incidents.Alerts;

/// <summary>Where an alert comes from.</summary>
public enum AlertSource
{
    Alertmanager,

    /// <summary>The generic alert API.</summary>
    Api,

    /// <summary>The error budget of an objective burns too fast.</summary>
    BurnRate,
    MetricRule,
    Heartbeat,

    /// <summary>A clock of an incident ran out.</summary>
    Clock,

    /// <summary>A control of the product itself is broken.</summary>
    Compliance,
}

/// <summary>Why an alert that would page does not.</summary>
public enum AlertMute
{
    None,
    Silence,

    /// <summary>Its service is under planned maintenance.</summary>
    Maintenance,
}
