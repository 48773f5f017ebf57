using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Web.Ui;

/// <summary>The five states everything on screen speaks of.</summary>
public enum StateKind
{
    Healthy,
    AtRisk,
    Breached,
    NoData,
    Maintenance,
}

/// <summary>Whether a change is good news.</summary>
public enum Trend
{
    Same,
    Better,
    Worse,
}

/// <summary>The colour role of a part that is not about a state.</summary>
public enum Tone
{
    None,
    Ok,
    Warn,
    Bad,
    Info,
}

/// <summary>How the states are said: word, icon and the name stylesheets and the API use.</summary>
public static class StateKinds
{
    public static StateKind Kind(this SloState state) => state switch
    {
        SloState.Healthy => StateKind.Healthy,
        SloState.AtRisk => StateKind.AtRisk,
        SloState.Breached => StateKind.Breached,
        SloState.NoData => StateKind.NoData,
    };

    public static string Word(this StateKind state) => state switch
    {
        StateKind.Healthy => "On target",
        StateKind.AtRisk => "At risk",
        StateKind.Breached => "Breached",
        StateKind.NoData => "No data",
        StateKind.Maintenance => "Maintenance",
    };

    public static string Icon(this StateKind state) => state switch
    {
        StateKind.Healthy => "circle-check",
        StateKind.AtRisk => "triangle",
        StateKind.Breached => "octagon",
        StateKind.NoData => "circle-dashed",
        StateKind.Maintenance => "wrench",
    };

    public static string Attribute(this StateKind state) => state switch
    {
        StateKind.Healthy => "healthy",
        StateKind.AtRisk => "atRisk",
        StateKind.Breached => "breached",
        StateKind.NoData => "noData",
        StateKind.Maintenance => "maintenance",
    };

    public static string? Attribute(this StateKind? state) => state?.Attribute();

    public static string Attribute(this Trend trend) => trend switch
    {
        Trend.Same => "same",
        Trend.Better => "better",
        Trend.Worse => "worse",
    };

    public static string Attribute(this Tone tone) => tone switch
    {
        Tone.None => "none",
        Tone.Ok => "ok",
        Tone.Warn => "warn",
        Tone.Bad => "bad",
        Tone.Info => "info",
    };

    public static string Icon(this Tone tone) => tone switch
    {
        Tone.Ok => "circle-check",
        Tone.Warn => "triangle",
        Tone.Bad => "octagon",
        Tone.None or Tone.Info => "info",
    };

    public static string? Attribute(this Tone? tone) => tone?.Attribute();
}
