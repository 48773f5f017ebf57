namespace OpsDashboard.Domain.Incidents;

/// <summary>When what happened, in Unix milliseconds: started ≤ detected ≤ acknowledged ≤ mitigated ≤ resolved, as far as known.</summary>
public sealed record IncidentMilestones
{
    /// <summary>Milestones may lie this little in the future: clocks of other machines differ.</summary>
    public const long ToleranceMs = 5_000;

    public required long StartedMs { get; init; }

    public required long DetectedMs { get; init; }

    public long? AcknowledgedMs { get; init; }

    public long? MitigatedMs { get; init; }

    public long? ResolvedMs { get; init; }

    /// <summary>Everything that is out of order or still to come, all at once.</summary>
    public IReadOnlyList<Fault> Faults(long nowMs)
    {
        var faults = new List<Fault>();
        (string Field, string Word, long? AtMs) before = ("started", "start", StartedMs);
        foreach (var next in Steps())
        {
            if (next.AtMs is not { } at)
            {
                continue;
            }

            if (at < before.AtMs)
            {
                faults.Add(new Fault($"/{next.Field}", "milestones.order", $"The {next.Word} cannot lie before the {before.Word}."));
            }

            // The later of the two, so that one early time is told once for each that follows it wrongly.
            before = at >= before.AtMs ? next : before;
        }

        faults.AddRange(Steps().Prepend(("started", "start", StartedMs))
            .Where(step => step.AtMs > nowMs + ToleranceMs)
            .Select(step => new Fault($"/{step.Field}", "milestones.future", $"The {step.Word} cannot lie in the future.")));
        return faults;
    }

    private IEnumerable<(string Field, string Word, long? AtMs)> Steps() =>
    [
        ("detected", "detection", DetectedMs),
        ("acknowledged", "acknowledgement", AcknowledgedMs),
        ("mitigated", "mitigation", MitigatedMs),
        ("resolved", "resolution", ResolvedMs),
    ];
}

/// <summary>Mean times over incidents, in milliseconds; null where none of them got so far.</summary>
/// <param name="DetectMs">Start to detection.</param>
/// <param name="AcknowledgeMs">Detection to acknowledgement.</param>
/// <param name="MitigateMs">Start to mitigation.</param>
/// <param name="ResolveMs">Start to resolution.</param>
public sealed record MeanTimes(int Incidents, long? DetectMs, long? AcknowledgeMs, long? MitigateMs, long? ResolveMs)
{
    public static MeanTimes Of(IReadOnlyCollection<IncidentMilestones> incidents) => new(
        incidents.Count,
        Mean(incidents.Select(times => (long?)(times.DetectedMs - times.StartedMs))),
        Mean(incidents.Select(times => times.AcknowledgedMs - times.DetectedMs)),
        Mean(incidents.Select(times => times.MitigatedMs - times.StartedMs)),
        Mean(incidents.Select(times => times.ResolvedMs - times.StartedMs)));

    private static long? Mean(IEnumerable<long?> spans)
    {
        var known = spans.OfType<long>().ToList();
        return known.Count == 0 ? null : (long)(known.Sum(span => (decimal)span) / known.Count);
    }
}
