using Microsoft.Extensions.Options;

namespace OpsDashboard.Application.Audit;

/// <summary>Section <c>Audit</c>.</summary>
public sealed class AuditOptions
{
    /// <summary>The signing key: a file with 32 bytes in base64. Empty: <c>audit-key</c> in the data directory, made at the first start.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>The key itself, base64, for set-ups that pass secrets in the environment; wins over <see cref="KeyFile"/>.</summary>
    public string Key { get; set; } = "";

    /// <summary>The key before, while a new one is brought in: it signs the rotation once and is not needed after.</summary>
    public string PreviousKeyFile { get; set; } = "";

    /// <summary>Where the newest checkpoint is kept outside the store. Empty: <c>audit-anchor.json</c> in the data directory; better is another machine's disk.</summary>
    public string AnchorFile { get; set; } = "";

    /// <summary>Entries after which the chain is sealed, 1 to 100,000; it is sealed every minute in any case.</summary>
    public int SealEvery { get; set; } = 1_000;

    /// <summary>Years an entry is kept, 1 to 30; both contracts ask for 7.</summary>
    public int RetentionYears { get; set; } = 7;
}

internal sealed class AuditOptionsValidator : IValidateOptions<AuditOptions>
{
    public ValidateOptionsResult Validate(string? name, AuditOptions options)
    {
        var faults = new List<string>();
        if (options.SealEvery is < 1 or > 100_000)
        {
            faults.Add("Audit:SealEvery must be between 1 and 100000.");
        }

        if (options.RetentionYears is < 1 or > 30)
        {
            faults.Add("Audit:RetentionYears must be between 1 and 30.");
        }

        if (options.Key.Length > 0 && !Signing.AuditKey.TryParse(options.Key, out _))
        {
            faults.Add("Audit:Key must be 32 bytes in base64.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
