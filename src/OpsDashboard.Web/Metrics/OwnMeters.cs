using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace OpsDashboard.Web.Metrics;

/// <summary>Listens to the product's own meter from the start of the process, so that a scrape finds every count since then.</summary>
internal sealed class OwnMeters : IHostedService, IDisposable
{
    private const string MeterName = "OpsDashboard";

    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<Instrument, InstrumentReadings> instruments = new();

    public OwnMeters(IMeterFactory factory)
    {
        // Meters of another application in the same process (tests) have another factory.
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == MeterName && ReferenceEquals(instrument.Meter.Scope, factory))
            {
                listening.EnableMeasurementEvents(instrument, instruments.GetOrAdd(instrument, added => new InstrumentReadings(added)));
            }
        };
        listener.MeasurementsCompleted = (instrument, _) => instruments.Remove(instrument, out InstrumentReadings? _);
        listener.SetMeasurementEventCallback<byte>((_, value, tags, state) => ((InstrumentReadings)state!).Record(value, tags));
        listener.SetMeasurementEventCallback<short>((_, value, tags, state) => ((InstrumentReadings)state!).Record(value, tags));
        listener.SetMeasurementEventCallback<int>((_, value, tags, state) => ((InstrumentReadings)state!).Record(value, tags));
        listener.SetMeasurementEventCallback<long>((_, value, tags, state) => ((InstrumentReadings)state!).Record(value, tags));
        listener.SetMeasurementEventCallback<float>((_, value, tags, state) => ((InstrumentReadings)state!).Record(value, tags));
        listener.SetMeasurementEventCallback<double>((_, value, tags, state) => ((InstrumentReadings)state!).Record(value, tags));
        listener.SetMeasurementEventCallback<decimal>((_, value, tags, state) => ((InstrumentReadings)state!).Record((double)value, tags));
        listener.Start();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void WriteTo(PrometheusText text)
    {
        listener.RecordObservableInstruments();

        // Two instruments of one name are one family; the first speaks for it.
        foreach (var readings in instruments.Values.DistinctBy(readings => readings.Name, StringComparer.Ordinal).OrderBy(readings => readings.Name, StringComparer.Ordinal))
        {
            readings.WriteTo(text);
        }
    }

    public void Dispose() => listener.Dispose();
}
