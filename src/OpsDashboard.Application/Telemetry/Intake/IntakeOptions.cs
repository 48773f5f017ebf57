using Microsoft.Extensions.Options;

namespace OpsDashboard.Application.Telemetry.Intake;

/// <summary>Section <c>Intake</c>.</summary>
public sealed class IntakeOptions
{
    /// <summary>Key for writing through the API; empty: only the key generated at first start of the demo is accepted.</summary>
    public string Key { get; set; } = "";

    /// <summary>Largest request body in bytes.</summary>
    public int MaxBodyBytes { get; set; } = 10 * 1024 * 1024;

    public int MaxSamplesPerBatch { get; set; } = 50_000;

    /// <summary>Oldest sample accepted; it also is the grace period in which a closed minute may still change.</summary>
    public int MaxAgeHours { get; set; } = 48;

    /// <summary>How far a source's clock may run ahead.</summary>
    public int MaxAheadMinutes { get; set; } = 5;

    /// <summary>Different series one key may write since the process started.</summary>
    public int MaxSeriesPerKey { get; set; } = 10_000;

    /// <summary>Samples that may wait for the writer before the intake answers 503.</summary>
    public int MaxPendingSamples { get; set; } = 2_000_000;
}

internal sealed class IntakeOptionsValidator : IValidateOptions<IntakeOptions>
{
    public ValidateOptionsResult Validate(string? name, IntakeOptions options)
    {
        var faults = new List<string>();
        Require(options.MaxBodyBytes is >= 1024 and <= 100 * 1024 * 1024, "Intake:MaxBodyBytes must be between 1,024 and 104,857,600.");
        Require(options.MaxSamplesPerBatch is >= 1 and <= 1_000_000, "Intake:MaxSamplesPerBatch must be between 1 and 1,000,000.");
        Require(options.MaxAgeHours is >= 1 and <= 48, "Intake:MaxAgeHours must be between 1 and 48.");
        Require(options.MaxAheadMinutes is >= 0 and <= 60, "Intake:MaxAheadMinutes must be between 0 and 60.");
        Require(options.MaxSeriesPerKey >= 1, "Intake:MaxSeriesPerKey must be at least 1.");
        Require(options.MaxPendingSamples >= options.MaxSamplesPerBatch, "Intake:MaxPendingSamples must not be below Intake:MaxSamplesPerBatch.");
        Require(options.Key.Length is 0 or >= 16, "Intake:Key must have at least 16 characters.");
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
