namespace OpsDashboard.Application.Catalog.OpenSlo.Reading;

/// <summary>Collects everything that is wrong, up to a bound, so that a person mends a file once.</summary>
internal sealed class FaultSink
{
    private readonly List<OpenSloFault> faults = [];
    private readonly List<OpenSloFault> notices = [];

    public bool Any => faults.Count > 0;

    public bool IsFull => faults.Count >= OpenSloLimits.MaxFaults;

    public IReadOnlyList<OpenSloFault> Faults => faults;

    public IReadOnlyList<OpenSloFault> Notices => notices;

    public void Add(OpenSloFault fault)
    {
        if (!IsFull)
        {
            faults.Add(fault);
        }
    }

    public void AddNotice(OpenSloFault notice)
    {
        if (notices.Count < OpenSloLimits.MaxFaults)
        {
            notices.Add(notice);
        }
    }
}
