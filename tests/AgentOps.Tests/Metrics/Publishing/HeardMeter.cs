using System.Diagnostics.Metrics;
using AgentOps.Metrics.Publishing;
using AgentOps.Pricing;

namespace AgentOps.Tests.Metrics.Publishing;

/// <summary>
/// A meter that follows the log of this process, and what it told. What stands in the log before is read unheard, so that a test
/// hears its own events only; other tests must not run beside it.
/// </summary>
internal sealed class HeardMeter : IDisposable
{
    private readonly MetricsPublisher _publisher;
    private readonly MeterListener _listener = new();
    private readonly List<Heard> _heard = [];

    public HeardMeter(PriceTable? prices = null)
    {
        _publisher = new MetricsPublisher(static () => Recorder.Log, prices);
        Poll();
        Poll();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, _publisher.Instruments.Meter))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.Start();
    }

    public sealed record Heard(string Instrument, double Value, string? Unit, IReadOnlyDictionary<string, object?> Tags);

    public IReadOnlyList<Heard> All => _heard;

    public void Poll() => _publisher.Poll();

    /// <summary>Reads the log until nothing waits for a further look.</summary>
    public void Drain()
    {
        for (int look = 0; look < 3; look++)
            Poll();
    }

    public void Observe() => _listener.RecordObservableInstruments();

    public IReadOnlyList<Heard> Of(string instrument) => [.. _heard.Where(h => h.Instrument == instrument)];

    /// <summary>The sum of an instrument's measurements whose tag has the value.</summary>
    public double Sum(string instrument, string? tag = null, object? value = null) =>
        Of(instrument).Where(h => tag is null || Equals(h.Tags.GetValueOrDefault(tag), value)).Sum(static h => h.Value);

    public void Dispose()
    {
        _publisher.Dispose();
        _listener.Dispose();
    }

    private void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _heard.Add(new Heard(instrument.Name, value, instrument.Unit, tags.ToArray().ToDictionary()));
}
