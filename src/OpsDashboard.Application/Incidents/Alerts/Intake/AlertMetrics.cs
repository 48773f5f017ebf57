using System.Diagnostics.Metrics;
using OpsDashboard.Application.Incidents.Alerts.Desk;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Application.Incidents.Alerts.Intake;

internal sealed class AlertMetrics : IDisposable
{
    private readonly Meter meter;
    private readonly Counter<long> messages;

    public AlertMetrics(IMeterFactory factory)
    {
        meter = factory.Create(RequestMetrics.MeterName);
        messages = meter.CreateCounter<long>("ops.incidents.alert_messages", "{message}", "Messages of alerts recorded, by what became of them");
        GroupSize = meter.CreateHistogram<int>("ops.incidents.alert_group_size", "{delivery}", "Deliveries of alerts in one commit");
        Overloaded = meter.CreateCounter<long>("ops.incidents.alerts_overloaded", "{delivery}", "Deliveries answered with 503 because too many waited");
        Failed = meter.CreateCounter<long>("ops.incidents.alerts_failed", "{delivery}", "Deliveries the store could not take");
    }

    public Histogram<int> GroupSize { get; }

    public Counter<long> Overloaded { get; }

    public Counter<long> Failed { get; }

    public void Count(AlertReceipt receipt)
    {
        Add(receipt.Opened, "opened");
        Add(receipt.Repeated, "repeated");
        Add(receipt.Resolved, "resolved");
        Add(receipt.Ignored, "ignored");
    }

    public void Dispose() => meter.Dispose();

    private void Add(int count, string verdict)
    {
        if (count > 0)
        {
            messages.Add(count, new KeyValuePair<string, object?>("verdict", verdict));
        }
    }
}
