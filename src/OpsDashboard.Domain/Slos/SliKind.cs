namespace OpsDashboard.Domain.Slos;

/// <summary>What an SLI counts.</summary>
public enum SliKind
{
    /// <summary>Good events over total events.</summary>
    Ratio,

    /// <summary>Requests faster than a limit, over all requests, read from a latency histogram in milliseconds.</summary>
    Latency,

    /// <summary>A gauge: a minute is good when its mean value meets the threshold.</summary>
    Value,

    /// <summary>Age of the newest record in seconds: a minute is good when its mean age meets the threshold.</summary>
    Freshness,

    /// <summary>Jobs that succeeded over jobs that ended.</summary>
    Job,
}
