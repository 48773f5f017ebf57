using System.Text.Json;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain;

namespace OpsDashboard.Application.Telemetry.Prometheus;

/// <summary>What one data source needs beyond its address.</summary>
public sealed record PrometheusSettings
{
    public const int MaxHeaders = 10;

    /// <summary>Environment variables that may hold a token begin with this; others are none of a source's business.</summary>
    public const string TokenVariablePrefix = "OPSDASHBOARD_SECRET_";

    /// <summary>How often the source scrapes; decides the span counters are read over.</summary>
    public int ScrapeIntervalSeconds { get; init; } = 15;

    /// <summary>Null: <see cref="PrometheusOptions.SettleSeconds"/>.</summary>
    public int? SettleSeconds { get; init; }

    /// <summary>Name of a file in the secrets directory that holds the bearer token.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Name of an environment variable that holds the bearer token.</summary>
    public string? TokenVariable { get; init; }

    /// <summary>Sent with every query, such as X-Scope-OrgID for Mimir.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init => field = value ?? NoHeaders; } = NoHeaders;

    private static readonly Dictionary<string, string> NoHeaders = new(StringComparer.Ordinal);

    /// <summary>Types of data sources that speak the Prometheus API.</summary>
    public static bool Speaks(DataSourceDefinition source) =>
        source.Url is not null && source.Type.ToUpperInvariant() is "PROMETHEUS" or "MIMIR" or "THANOS" or "VICTORIAMETRICS" or "CORTEX";

    internal static PrometheusSettings Of(StoredDataSource source) =>
        source.Settings is null ? new() : JsonSerializer.Deserialize<PrometheusSettings>(source.Settings, StoreJson.Options)!;

    /// <summary>All faults at once.</summary>
    internal IReadOnlyList<Fault> Check()
    {
        var faults = new List<Fault>();
        Require(ScrapeIntervalSeconds is >= 1 and <= 300, "/scrapeIntervalSeconds", "scrapeInterval.range", "Between 1 and 300 seconds.");
        Require(SettleSeconds is null or (>= 0 and <= 3_600), "/settleSeconds", "settle.range", "Between 0 and 3,600 seconds.");
        Require(TokenFile is null || (TokenFile.Length <= 100 && StoredSlis.IsName(TokenFile)), "/tokenFile", "tokenFile.name",
            "The name of a file in the secrets directory, without a path.");
        Require(TokenVariable is null || (TokenVariable.StartsWith(TokenVariablePrefix, StringComparison.Ordinal) && TokenVariable.Length <= 100),
            "/tokenVariable", "tokenVariable.name", $"The name of an environment variable that begins with {TokenVariablePrefix}.");
        Require(TokenFile is null || TokenVariable is null, "/tokenVariable", "token.one", "Name a file or a variable, not both.");
        Require(Headers.Count <= MaxHeaders, "/headers", "headers.count", $"At most {MaxHeaders} headers.");
        foreach (var (name, value) in Headers)
        {
            Require(IsHeader(name, value), "/headers", "headers.name",
                $"\"{name}\" cannot be sent: a header has a name of letters, digits and hyphens and a value of printable text, and is none that the connection itself needs.");
        }

        return faults;

        void Require(bool holds, string pointer, string rule, string message)
        {
            if (!holds)
            {
                faults.Add(new Fault(pointer, rule, message));
            }
        }
    }

    private static bool IsHeader(string name, string value) =>
        name.Length is > 0 and <= 100
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        && value is { Length: <= 500 }
        && value.All(c => c is >= ' ' and <= '~')
        && name.ToUpperInvariant() is not ("HOST" or "CONTENT-LENGTH" or "CONTENT-TYPE" or "CONNECTION" or "TRANSFER-ENCODING" or "AUTHORIZATION" or "EXPECT" or "UPGRADE");
}
