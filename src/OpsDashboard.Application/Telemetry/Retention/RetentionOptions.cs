using Microsoft.Extensions.Options;

namespace OpsDashboard.Application.Telemetry.Retention;

/// <summary>Section <c>Retention</c>.</summary>
public sealed class RetentionOptions
{
    /// <summary>Days single minutes are kept, 3 to 400.</summary>
    public int MinuteDays { get; set; } = 40;

    /// <summary>Months of 31 days hours are kept, 2 to 60.</summary>
    public int HourMonths { get; set; } = 13;

    /// <summary>Years of 366 days daily sums are kept, 1 to 20.</summary>
    public int DayYears { get; set; } = 7;
}

internal sealed class RetentionOptionsValidator : IValidateOptions<RetentionOptions>
{
    public ValidateOptionsResult Validate(string? name, RetentionOptions options)
    {
        var faults = new List<string>();
        if (options.MinuteDays is < 3 or > 400)
        {
            faults.Add("Retention:MinuteDays must be between 3 and 400.");
        }

        if (options.HourMonths is < 2 or > 60)
        {
            faults.Add("Retention:HourMonths must be between 2 and 60.");
        }

        if (options.DayYears is < 1 or > 20)
        {
            faults.Add("Retention:DayYears must be between 1 and 20.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}

/// <summary>A feature above that still needs single minutes says from which hour on.</summary>
public interface IMinuteHold
{
    /// <returns>Unix hour; minutes from here on must not be condensed yet.</returns>
    Task<int> HoldFromHourAsync(long nowMs, CancellationToken cancellationToken);
}
