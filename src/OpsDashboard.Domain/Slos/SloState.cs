namespace OpsDashboard.Domain.Slos;

public enum SloState
{
    Healthy,

    /// <summary>A burn alert fires, or at most a tenth of the budget is left and the forecast empties it inside the window.</summary>
    AtRisk,

    /// <summary>More than the budget is spent.</summary>
    Breached,

    /// <summary>Nothing was measured, or less of the window than the objective asks for.</summary>
    NoData,
}
