using Microsoft.Extensions.Options;

namespace OpsDashboard.Application.Telemetry.Prometheus;

/// <summary>Section <c>Prometheus</c>: what holds for every data source that speaks the Prometheus API.</summary>
public sealed class PrometheusOptions
{
    /// <summary>A minute is asked for when it ended this long ago, so that its last scrapes have arrived. A source may say otherwise.</summary>
    public int SettleSeconds { get; set; } = 60;

    /// <summary>Longest time for one query, with its answer.</summary>
    public int TimeoutSeconds { get; set; } = 15;

    /// <summary>Largest answer read, decompressed.</summary>
    public int MaxResponseBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Minutes asked for at once when catching up.</summary>
    public int PageMinutes { get; set; } = 240;

    /// <summary>Queries one source gets at the same time.</summary>
    public int QueriesAtOnce { get; set; } = 4;

    /// <summary>How far back a new SLI, or one after a gap, is filled.</summary>
    public int CatchUpHours { get; set; } = 48;

    /// <summary>Folder that token files are read from; empty: <c>secrets</c> in the data directory.</summary>
    public string SecretsDirectory { get; set; } = "";
}

internal sealed class PrometheusOptionsValidator : IValidateOptions<PrometheusOptions>
{
    public ValidateOptionsResult Validate(string? name, PrometheusOptions options)
    {
        var faults = new List<string>();
        Require(options.SettleSeconds is >= 0 and <= 3_600, "Prometheus:SettleSeconds must be between 0 and 3,600.");
        Require(options.TimeoutSeconds is >= 1 and <= 120, "Prometheus:TimeoutSeconds must be between 1 and 120.");
        Require(options.MaxResponseBytes is >= 65_536 and <= 256 * 1024 * 1024, "Prometheus:MaxResponseBytes must be between 65,536 and 268,435,456.");
        Require(options.PageMinutes is >= 1 and <= 2_880, "Prometheus:PageMinutes must be between 1 and 2,880.");
        Require(options.QueriesAtOnce is >= 1 and <= 32, "Prometheus:QueriesAtOnce must be between 1 and 32.");
        Require(options.CatchUpHours is >= 1 and <= 48, "Prometheus:CatchUpHours must be between 1 and 48.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Require(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }
    }
}
