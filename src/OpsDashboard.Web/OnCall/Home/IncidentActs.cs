using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.OnCall.Home;

/// <summary>What can be done to an incident from its row.</summary>
public enum IncidentAct
{
    Acknowledge,
    Escalate,
    Resolve,
}

/// <summary>
/// Acts of a person on rows. An acknowledgement counts at once; what cannot be taken back afterwards waits a few seconds, in which it
/// can be undone, instead of asking first. Leaving the page does what still waits.
/// </summary>
public sealed class IncidentActs(IDispatcher dispatcher, TimeProvider time, Func<Task> changed) : IAsyncDisposable
{
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(6);

    private CancellationTokenSource? _undo;

    /// <summary>What waits, in words; null: nothing.</summary>
    public string? Waiting { get; private set; }

    /// <summary>What went wrong last, or what was just done.</summary>
    public string? Told { get; private set; }

    public bool Failed { get; private set; }

    private (IncidentAct Act, IReadOnlyList<IncidentSummary> On)? Pending { get; set; }

    public async Task DoAsync(IncidentAct act, IReadOnlyList<IncidentSummary> on)
    {
        await FlushAsync();
        if (on.Count == 0)
        {
            return;
        }

        if (act == IncidentAct.Acknowledge)
        {
            await SendAsync(act, on);
            return;
        }

        (Pending, Waiting, Told) = ((act, on), $"{(act == IncidentAct.Resolve ? "Resolving" : "Calling the next level for")} {Of(on)}", null);
        _undo = new CancellationTokenSource();
        _ = WaitAsync(_undo.Token);
    }

    public void Undo()
    {
        (Pending, Waiting, Told, Failed) = (null, null, "Undone.", false);
        _undo?.Cancel();
    }

    public void Forget() => (Told, Failed) = (null, false);

    public async ValueTask DisposeAsync()
    {
        await FlushAsync();
        _undo?.Dispose();
    }

    private async Task WaitAsync(CancellationToken undone)
    {
        try
        {
            await Task.Delay(Grace, time, undone);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        await FlushAsync();
    }

    private async Task FlushAsync()
    {
        if (Pending is not var (act, on))
        {
            return;
        }

        (Pending, Waiting) = (null, null);
        await SendAsync(act, on);
    }

    private async Task SendAsync(IncidentAct act, IReadOnlyList<IncidentSummary> on)
    {
        var faults = new List<string>();
        foreach (var incident in on)
        {
            var outcome = act switch
            {
                IncidentAct.Acknowledge => await dispatcher.Send(new AcknowledgeIncident(incident.Id), CancellationToken.None),
                IncidentAct.Escalate => await dispatcher.Send(
                    new EscalateIncident(incident.Id, incident.Escalation.Level, incident.Escalation.Cycle), CancellationToken.None),
                IncidentAct.Resolve => await dispatcher.Send(new ResolveIncident(incident.Id), CancellationToken.None),
            };
            if (outcome.Failure is { } failure)
            {
                faults.Add($"{incident.Title}: {failure.Message}");
            }
        }

        Failed = faults.Count > 0;
        Told = Failed ? string.Join(" ", faults) : act switch
        {
            IncidentAct.Acknowledge => $"You have {Of(on)}.",
            IncidentAct.Escalate => $"The next level is called for {Of(on)}.",
            IncidentAct.Resolve => $"{Of(on)} resolved.",
        };
        await changed();
    }

    private static string Of(IReadOnlyList<IncidentSummary> on) => on.Count == 1 ? $"“{on[0].Title}”" : $"{on.Count} incidents";
}
