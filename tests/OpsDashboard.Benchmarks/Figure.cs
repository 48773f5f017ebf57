using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsDashboard.Benchmarks;

/// <summary>One measured figure, printed as one line of JSON.</summary>
internal sealed record Figure
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    [JsonPropertyName("figure")]
    public required string Name { get; init; }

    public required double Value { get; init; }

    public required string Unit { get; init; }

    /// <summary>Null: told for the record only.</summary>
    public double? Target { get; init; }

    public bool? Met { get; init; }

    /// <summary>User and system time of the program's process over the measurement.</summary>
    public double? ServerCpuSeconds { get; init; }

    public double? WallSeconds { get; init; }

    /// <summary>Processes that wanted a core in the last minute, this measurement included; above the number of cores wall times say little.</summary>
    public double? Load { get; init; }

    public string? Note { get; init; }

    public static Figure AtLeast(string name, double value, string unit, double target) =>
        new() { Name = name, Value = value, Unit = unit, Target = target, Met = value >= target };

    public static Figure AtMost(string name, double value, string unit, double target) =>
        new() { Name = name, Value = value, Unit = unit, Target = target, Met = value <= target };

    public static Figure Plain(string name, double value, string unit) => new() { Name = name, Value = value, Unit = unit };

    public Figure Over(Measured over) => this with { ServerCpuSeconds = Short(over.CpuSeconds), WallSeconds = Short(over.WallSeconds) };

    public void Print() =>
        Console.WriteLine(JsonSerializer.Serialize(this with { Value = Short(Value)!.Value, Load = Short(CurrentLoad()) }, Options));

    private static double? Short(double? value) =>
        value is { } number ? double.Parse(number.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : null;

    private static double? CurrentLoad() =>
        File.Exists("/proc/loadavg")
            ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture)
            : null;
}
