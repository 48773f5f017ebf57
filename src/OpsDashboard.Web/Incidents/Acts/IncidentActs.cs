using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Incidents.Work;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Incidents.Acts;

/// <summary>What can be done to an incident from its row.</summary>
public enum IncidentAct
{
    Acknowledge,
    Escalate,
    Snooze,
    Resolve,
}

/// <summary>
/// Acts of a person on one or several incidents of a page, and which rows are selected. Nothing asks first: what can be taken back is
/// done at once and offers that for a while; a call to people cannot be unmade and waits a few seconds before it goes out. Leaving the
/// page does what still waits.
/// </summary>
public sealed class IncidentActs(IDispatcher dispatcher, TimeProvider time, TimeSpan undoFor, Func<Task> changed) : IAsyncDisposable
{
    private readonly HashSet<long> _selected = [];
    private (IncidentAct Act, IReadOnlyList<IncidentSummary> On)? _pending;
    private IReadOnlyList<IncidentSummary> _done = [];
    private CancellationTokenSource? _fade;

    public IReadOnlySet<long> Selected => _selected;

    /// <summary>What waits or was done, in words; null: nothing.</summary>
    public string? Told { get; private set; }

    public bool Failed { get; private set; }

    public bool CanUndo => _pending is not null || _done.Count > 0;

    /// <summary>What is to be snoozed once its time is chosen; none: no choice is open.</summary>
    public IReadOnlyList<IncidentSummary> ToSnooze { get; private set; } = [];

    public void Select(long id) => _ = _selected.Remove(id) || _selected.Add(id);

    /// <summary>Rows that are gone are not selected any more.</summary>
    public void Keep(IEnumerable<long> shown) => _selected.IntersectWith(shown);

    /// <param name="row">The row it was asked on; null, or one of the selected: all that are selected.</param>
    public async Task DoAsync(IncidentAct act, IncidentSummary? row, IReadOnlyList<IncidentSummary> shown)
    {
        var on = row is not null && !_selected.Contains(row.Id) ? [row] : shown.Where(incident => _selected.Contains(incident.Id)).ToList();
        _selected.Clear();
        await FlushAsync();
        // On several at once it does what is left to do.
        on = act == IncidentAct.Acknowledge && on.Count > 1 ? [.. on.Where(incident => incident.AcknowledgedBy is null)] : on;
        if (on.Count == 0)
        {
            return;
        }

        switch (act)
        {
            case IncidentAct.Snooze:
                ToSnooze = on;
                break;
            case IncidentAct.Escalate:
                (_pending, _done, Failed, Told) = ((act, on), [], false, $"Calling the next level for {Of(on)} …");
                FadeAsync(SendPendingAsync);
                break;
            case IncidentAct.Acknowledge:
                await SendAsync(on, incident => dispatcher.Send(new AcknowledgeIncident(incident.Id), CancellationToken.None), done => $"You have {Of(done)}.");
                break;
            case IncidentAct.Resolve:
                await SendAsync(on, incident => dispatcher.Send(new ResolveIncident(incident.Id), CancellationToken.None), done => $"{Of(done)} resolved.");
                break;
        }
    }

    /// <param name="length">Null: not after all.</param>
    public async Task SnoozeAsync(TimeSpan? length)
    {
        var on = ToSnooze;
        ToSnooze = [];
        if (length is { } span)
        {
            var until = time.GetUtcNow() + span;
            await SendAsync(on, incident => dispatcher.Send(new SnoozeIncident(incident.Id, until), CancellationToken.None), done => $"{Of(done)} snoozed for {Ui.Numbers.Duration(span)}.");
        }
    }

    /// <summary>Something was done elsewhere on the page; offers to take it back.</summary>
    public void Offer(IncidentSummary incident, string told)
    {
        (_pending, _done, Failed, Told) = (null, [incident], false, told);
        FadeAsync(ForgetAsync);
    }

    public async Task UndoAsync()
    {
        Stop();
        var (waiting, done) = (_pending is not null, _done);
        (_pending, _done, Told, Failed) = (null, [], "Undone.", false);
        if (!waiting)
        {
            await SendAsync(done, incident => dispatcher.Send(new UndoIncidentStep(incident.Id), CancellationToken.None), _ => "Undone.", undoable: false);
        }
    }

    public void Forget()
    {
        Stop();
        (_done, Told, Failed) = ([], null, false);
    }

    public async ValueTask DisposeAsync()
    {
        await FlushAsync();
        Stop();
    }

    private Task FlushAsync()
    {
        Stop();
        return SendPendingAsync();
    }

    private async Task SendPendingAsync()
    {
        if (_pending is not var (_, on))
        {
            return;
        }

        _pending = null;
        await SendAsync(
            on,
            incident => dispatcher.Send(new EscalateIncident(incident.Id, incident.Escalation.Level, incident.Escalation.Cycle), CancellationToken.None),
            done => $"The next level is called for {Of(done)}.",
            undoable: false);
    }

    private async Task SendAsync(IReadOnlyList<IncidentSummary> on, Func<IncidentSummary, Task<Outcome<IncidentSummary>>> send, Func<IReadOnlyList<IncidentSummary>, string> tell, bool undoable = true)
    {
        var (done, faults) = (new List<IncidentSummary>(), new List<string>());
        foreach (var incident in on)
        {
            if ((await send(incident)).Failure is { } failure)
            {
                faults.Add($"{incident.Title}: {failure.Message}");
            }
            else
            {
                done.Add(incident);
            }
        }

        _done = undoable ? done : [];
        Failed = faults.Count > 0;
        Told = string.Join(" ", done.Count > 0 ? faults.Prepend(tell(done)) : faults);
        if (_done.Count > 0)
        {
            FadeAsync(ForgetAsync);
        }

        await changed();
    }

    private Task ForgetAsync()
    {
        (_done, Told) = ([], Failed ? Told : null);
        return changed();
    }

    private void FadeAsync(Func<Task> then)
    {
        Stop();
        _fade = new CancellationTokenSource();
        _ = WaitAsync(_fade.Token);

        async Task WaitAsync(CancellationToken stopped)
        {
            try
            {
                await Task.Delay(undoFor, time, stopped);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await then();
        }
    }

    private void Stop()
    {
        _fade?.Cancel();
        _fade?.Dispose();
        _fade = null;
    }

    private static string Of(IReadOnlyList<IncidentSummary> on) => on.Count == 1 ? $"“{on[0].Title}”" : $"{on.Count} incidents";
}
