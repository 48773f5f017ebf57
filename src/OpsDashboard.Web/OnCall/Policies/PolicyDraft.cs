using System.Globalization;
using OpsDashboard.Application.OnCall.Policies;
using OpsDashboard.Domain;
using OpsDashboard.Domain.OnCall;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.OnCall.Policies;

/// <summary>A policy as it is being written.</summary>
public sealed class PolicyDraft
{
    public string? Id { get; init; }

    public int? Version { get; init; }

    public string Name { get; set; } = "";

    public string Repeats { get; set; } = "2";

    public List<LevelDraft> Levels { get; init; } = [];

    public List<ScopeDraft> Scopes { get; init; } = [];

    public static PolicyDraft New() => new() { Levels = { new LevelDraft { Name = "Primary on-call" } } };

    public static PolicyDraft Of(PolicySummary policy) => new()
    {
        Id = policy.Id,
        Version = policy.Version,
        Name = policy.Name,
        Repeats = policy.Repeats.ToString(CultureInfo.InvariantCulture),
        Levels = [.. policy.Levels.Select(level => new LevelDraft { Name = level.Name, Minutes = PolicyWords.Minutes(level.DelaySeconds), Targets = [.. level.Targets] })],
        Scopes = [.. policy.Scopes.Select(scope => new ScopeDraft { Platform = scope.Platform ?? "", Service = scope.Service ?? "", Severity = scope.Severity ?? "" })],
    };

    /// <returns>Null, with faults, when a number is none.</returns>
    public SavePolicy? Read(List<Fault> faults)
    {
        var repeats = NumberField.Read(Repeats, "/repeats", faults);
        var delays = Levels.Select((level, index) => NumberField.ReadDecimal(level.Minutes, $"/levels/{index}/delaySeconds", faults)).ToList();
        for (var index = 0; index < delays.Count; index++)
        {
            if (delays[index] is < 0 or > EscalationLevel.MaxDelaySeconds / 60)
            {
                faults.Add(new Fault($"/levels/{index}/delaySeconds", "delay.range", "From at once to seven days."));
            }
        }

        return faults.Count > 0
            ? null
            : new SavePolicy
            {
                Id = Id,
                ExpectedVersion = Version,
                Name = Name,
                Repeats = repeats!.Value,
                Levels = [.. Levels.Zip(delays, (level, delay) => new EscalationLevel { Name = level.Name.Trim(), DelaySeconds = (int)(delay!.Value * 60), Targets = [.. level.Targets] })],
                Scopes = [.. Scopes.Select(scope => new PolicyScope { Platform = Or(scope.Platform), Service = Or(scope.Service), Severity = Or(scope.Severity) })],
            };
    }

    private static string? Or(string text) => text.Trim() is { Length: > 0 } given ? given : null;
}

public sealed class LevelDraft
{
    public string Name { get; set; } = "";

    public string Minutes { get; set; } = "0";

    public List<EscalationTarget> Targets { get; init; } = [];
}

public sealed class ScopeDraft
{
    public string Platform { get; set; } = "";

    public string Service { get; set; } = "";

    public string Severity { get; set; } = "";
}
