using Microsoft.Extensions.Options;

namespace OpsDashboard.Application.Platform.Store;

public enum StoreProviderKind
{
    Sqlite,
    SqlServer,
}

/// <summary>Section <c>Database</c>, with the connection string <c>OpsDashboard</c> and the data directory from their own settings.</summary>
public sealed class StoreOptions
{
    public StoreProviderKind Provider { get; set; } = StoreProviderKind.Sqlite;

    /// <summary>Statements EF sends in one round trip; null leaves the provider's own default.</summary>
    public int? MaxBatchSize { get; set; }

    /// <summary>SQL Server: required. SQLite: optional, default is <c>opsdashboard.db</c> in the data directory.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Absolute; the host sets it.</summary>
    public string DataDirectory { get; set; } = "";
}

internal sealed class StoreOptionsValidator : IValidateOptions<StoreOptions>
{
    public ValidateOptionsResult Validate(string? name, StoreOptions options)
    {
        var faults = new List<string>();
        if (!Enum.IsDefined(options.Provider))
        {
            faults.Add("Database:Provider must be Sqlite or SqlServer.");
        }

        if (options.Provider == StoreProviderKind.SqlServer && string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            faults.Add("ConnectionStrings:OpsDashboard is required when Database:Provider is SqlServer.");
        }

        if (options.MaxBatchSize is < 1 or > 1000)
        {
            faults.Add("Database:MaxBatchSize must be between 1 and 1000.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
