namespace OpsDashboard.Domain.Incidents;

/// <summary>Where an incident stands; SLA Playbook, 2.2 Incident Lifecycle.</summary>
public enum IncidentPhase
{
    Detection,
    Triage,
    Investigation,
    Mitigation,
    Resolution,
    PostMortem,
}

/// <summary>Which steps the lifecycle allows. Steps may be skipped forwards: a fix may be found before its cause.</summary>
public static class IncidentLifecycle
{
    public static bool Allows(IncidentPhase from, IncidentPhase to) => (from, to) switch
    {
        // A fix that does not hold leads back to the search for the cause.
        (IncidentPhase.Mitigation, IncidentPhase.Investigation) => true,
        // Only what is resolved can be learned from.
        (_, IncidentPhase.PostMortem) => from == IncidentPhase.Resolution,
        (IncidentPhase.Resolution or IncidentPhase.PostMortem, _) => false,
        _ => to > from,
    };

    /// <summary>What a person may choose next, in order.</summary>
    public static IReadOnlyList<IncidentPhase> NextOf(IncidentPhase from) => [.. Enum.GetValues<IncidentPhase>().Where(to => Allows(from, to))];

    public static bool IsOpen(IncidentPhase phase) => phase < IncidentPhase.Resolution;
}
