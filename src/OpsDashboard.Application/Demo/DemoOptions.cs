using Microsoft.Extensions.Options;

namespace OpsDashboard.Application.Demo;

/// <summary>Section <c>Demo</c>.</summary>
public sealed class DemoOptions
{
    public const int MostHistoryDays = 400;

    /// <summary>Fills both shipped contracts with a made-up history and goes on feeding them.</summary>
    public bool Enabled { get; set; }

    /// <summary>Days of history before the first start, 1 to <see cref="MostHistoryDays"/>.</summary>
    public int HistoryDays { get; set; } = 90;
}

internal sealed class DemoOptionsValidator : IValidateOptions<DemoOptions>
{
    public ValidateOptionsResult Validate(string? name, DemoOptions options) => options.HistoryDays is >= 1 and <= DemoOptions.MostHistoryDays
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"Demo:HistoryDays must be between 1 and {DemoOptions.MostHistoryDays}.");
}
