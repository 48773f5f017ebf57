using OpsDashboard.Application.Incidents.Alerts.Desk;

namespace OpsDashboard.Application.Incidents.Alerts.Intake;

/// <summary>What one call of an integration brought, and the caller who waits until it is committed.</summary>
internal sealed class AlertDelivery(IntegrationRef integration, IReadOnlyList<AlertMessage> messages, string what)
{
    private readonly TaskCompletionSource<AlertReceipt> recorded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IntegrationRef Integration { get; } = integration;

    public IReadOnlyList<AlertMessage> Messages { get; } = messages;

    /// <summary>In words, for the "last received" line.</summary>
    public string What { get; } = what;

    /// <summary>Why the body was refused; null: it was not.</summary>
    public string? Fault { get; init; }

    public Task<AlertReceipt> Recorded => recorded.Task;

    public void Complete(AlertReceipt receipt) => recorded.TrySetResult(receipt);

    public void Fail(Exception fault) => recorded.TrySetException(fault);
}
