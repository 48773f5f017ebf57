namespace OpsDashboard.Application.Kpis;

/// <summary>How a value came here.</summary>
public enum KpiSource
{
    Computed,
    Api,
    Csv,
    Form,

    /// <summary>Written with a history that was told as a whole.</summary>
    Record,
}
