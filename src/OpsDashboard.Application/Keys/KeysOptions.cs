using Microsoft.Extensions.Options;
using OpsDashboard.Domain.Keys;

namespace OpsDashboard.Application.Keys;

/// <summary>Section <c>Keys</c>: requests a key may make each minute, by its tier.</summary>
public sealed class KeysOptions
{
    public const int MostPerMinute = 1_000_000;

    public int FreePerMinute { get; set; } = 60;

    public int ProfessionalPerMinute { get; set; } = 600;

    /// <summary>Fair use: what one program may take before it is in the others' way.</summary>
    public int EnterprisePerMinute { get; set; } = 6_000;

    public int PerMinute(KeyTier tier) => tier switch
    {
        KeyTier.Free => FreePerMinute,
        KeyTier.Professional => ProfessionalPerMinute,
        KeyTier.Enterprise => EnterprisePerMinute,
    };
}

internal sealed class KeysOptionsValidator : IValidateOptions<KeysOptions>
{
    public ValidateOptionsResult Validate(string? name, KeysOptions options)
    {
        var faults = Enum.GetValues<KeyTier>()
            .Where(tier => options.PerMinute(tier) is < 1 or > KeysOptions.MostPerMinute)
            .Select(tier => $"Keys:{tier}PerMinute must be between 1 and {KeysOptions.MostPerMinute}.")
            .ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
