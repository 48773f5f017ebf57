using System.Globalization;
using OpsDashboard.Application.OnCall.People;
using OpsDashboard.Application.OnCall.Policies;
using OpsDashboard.Application.OnCall.Schedules;
using OpsDashboard.Domain.OnCall;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.OnCall.Policies;

/// <summary>Policies in words.</summary>
internal static class PolicyWords
{
    public static string Path(EscalationPath path) => path switch
    {
        EscalationPath.Technical => "Technical",
        EscalationPath.Business => "Business",
        EscalationPath.Compliance => "Compliance",
        EscalationPath.CatchAll => "When nobody can be paged",
    };

    public static string Kind(TargetKind kind) => kind switch
    {
        TargetKind.Person => "Person",
        TargetKind.Rotation => "On call",
        TargetKind.Role => "Role",
        TargetKind.Everyone => "Everyone",
    };

    /// <summary>At once, or the span in words.</summary>
    public static string After(int seconds) => seconds == 0 ? "at once" : $"after {Span(seconds)}";

    /// <summary>90 s, 15 min, 1 h, 1 h 20 min.</summary>
    public static string Span(int seconds)
    {
        var (hours, minutes) = (seconds / 3600, seconds % 3600 / 60);
        return seconds % 60 != 0 ? Numbers.Duration(seconds)
            : string.Create(CultureInfo.InvariantCulture, $"{(hours > 0 ? $"{hours} h" : "")}{(hours > 0 && minutes > 0 ? " " : "")}{(minutes > 0 ? $"{minutes} min" : "")}");
    }

    public static string Minutes(int seconds) => (seconds / 60m).ToString("0.##", CultureInfo.InvariantCulture);

    public static string Scope(PolicyScope scope) =>
        string.Join(" ", new[] { scope.Severity, scope.Service is null ? null : $"on {scope.Service}", scope.Platform is null ? null : $"of {scope.Platform}" }.OfType<string>()) is { Length: > 0 } words
            ? words
            : "anything";

    public static string Target(EscalationTarget target, IReadOnlyList<PersonSummary> people, IReadOnlyList<ScheduleSummary> schedules) => target.Kind switch
    {
        TargetKind.Person => people.FirstOrDefault(person => person.Id == target.Id)?.Name ?? target.Id!,
        TargetKind.Role => $"role {target.Id}",
        TargetKind.Everyone => "everyone",
        TargetKind.Rotation => Rotation(target.Id!, schedules),
    };

    private static string Rotation(string id, IReadOnlyList<ScheduleSummary> schedules)
    {
        var parts = id.Split('/');
        var schedule = schedules.FirstOrDefault(one => one.Id == parts[0]);
        var position = parts.Length > 1 ? schedule?.Current.Positions.FirstOrDefault(one => one.Id == parts[1]) : null;
        return position is not null ? $"{position.Name} of {schedule!.Name}" : schedule is not null && parts.Length == 1 ? $"all of {schedule.Name}" : $"{id} (no such schedule)";
    }
}
