namespace OpsDashboard.Application.Incidents.Alerts.Desk;

/// <summary>One thing a sender says of one alert.</summary>
/// <param name="StartsAtMs">Null: it does not say when the firing began.</param>
/// <param name="EndsAtMs">Null: it fires.</param>
internal sealed record AlertMessage(AlertSignal Signal, long? StartsAtMs, long? EndsAtMs)
{
    public string Key => Signal.Key;
}

/// <summary>What became of the messages of one delivery.</summary>
/// <param name="Opened">Alerts that were not open before.</param>
/// <param name="Repeated">Firings told again, or anew while open: counted, and no new page.</param>
/// <param name="Resolved">Alerts that ended.</param>
/// <param name="Ignored">Ends of what was not open, and firings that were overtaken by their end.</param>
public readonly record struct AlertReceipt(int Opened, int Repeated, int Resolved, int Ignored);
