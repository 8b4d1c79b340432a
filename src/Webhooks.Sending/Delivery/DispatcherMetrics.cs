using System.Diagnostics.Metrics;

namespace Webhooks;

/// <summary>The instruments of stored delivery, of the meter <c>Webhooks</c>. Nothing is computed unless somebody
/// listens.</summary>
internal sealed class DispatcherMetrics
{
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600],
    };

    private static readonly InstrumentAdvice<int> Deliveries = new()
    {
        HistogramBucketBoundaries = [0, 1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500],
    };

    private readonly Counter<long> _outcomes;
    private readonly Counter<long> _direct;
    private readonly Counter<long> _leasesLost;
    private readonly Counter<long> _storeErrors;
    private readonly Histogram<double> _latency;
    private readonly Histogram<int> _claimSizes;
    private readonly Histogram<double> _claimDurations;
    private readonly Histogram<int> _writeSizes;
    private readonly Histogram<double> _writeDurations;

    public DispatcherMetrics(IMeterFactory meterFactory, EngineTelemetry telemetry)
    {
        var meter = meterFactory.Create(AttemptMetrics.MeterName);
        _outcomes = meter.CreateCounter<long>(
            telemetry.Name("deliveries"), "{delivery}", "Deliveries that succeeded or were given up.");
        _latency = meter.CreateHistogram(
            telemetry.Name("delivery.latency"), "s", "From storing a message to the first attempt.", advice: Seconds);
        _direct = meter.CreateCounter<long>(
            telemetry.Name("dispatcher.direct"), "{delivery}", "Deliveries that were leased with their publication.");
        _leasesLost = meter.CreateCounter<long>(
            telemetry.Name("dispatcher.leases.lost"), "{lease}", "Leases that this node lost before it was done.");
        _storeErrors = meter.CreateCounter<long>(
            telemetry.Name("dispatcher.store.errors"), "{error}", "Calls of the store that threw.");
        _claimSizes = meter.CreateHistogram(
            telemetry.Name("dispatcher.claim.size"), "{delivery}",
            "Deliveries that a claim brought.", advice: Deliveries);
        _claimDurations = meter.CreateHistogram(
            telemetry.Name("dispatcher.claim.duration"), "s", "How long claims took.", advice: Seconds);
        _writeSizes = meter.CreateHistogram(
            telemetry.Name("dispatcher.write.size"), "{delivery}", "Outcomes written together.", advice: Deliveries);
        _writeDurations = meter.CreateHistogram(
            telemetry.Name("dispatcher.write.duration"), "s", "How long writing outcomes took.", advice: Seconds);
        meter.CreateObservableUpDownCounter(
            telemetry.Name("dispatcher.leased"), () => State.Held, "{delivery}", "Deliveries that this node holds.");
        meter.CreateObservableUpDownCounter(
            telemetry.Name("dispatcher.leased.size"), () => State.Bytes, "By", "The payloads of what this node holds.");
        meter.CreateObservableUpDownCounter(
            telemetry.Name("dispatcher.in_flight"), () => State.InFlight, "{attempt}", "Attempts under way.");
        meter.CreateObservableUpDownCounter(
            telemetry.Name("dispatcher.lanes"), () => State.Lanes, "{endpoint}",
            "Endpoints, or sources of an inbox, that have or had work.");
    }

    /// <summary>What the gauges show.</summary>
    public Func<BoardState>? Source { get; set; }

    private BoardState State => Source?.Invoke() ?? default;

    public void RecordFirstAttempt(TimeSpan latency)
    {
        if (_latency.Enabled)
            _latency.Record(Math.Max(latency.TotalSeconds, 0));
    }

    public void RecordClaim(int count, TimeSpan duration)
    {
        _claimSizes.Record(count);
        _claimDurations.Record(duration.TotalSeconds);
    }

    public void RecordDirect(int count) => _direct.Add(count);

    public void RecordWrite(int count, TimeSpan duration)
    {
        _writeSizes.Record(count);
        _writeDurations.Record(duration.TotalSeconds);
    }

    public void RecordOutcome(DeliveryOutcome outcome)
    {
        if (outcome.State == DeliveryState.Pending || !_outcomes.Enabled)
            return;

        if (outcome.State == DeliveryState.Succeeded)
            _outcomes.Add(1, new KeyValuePair<string, object?>("webhooks.outcome", "succeeded"));
        else
        {
            _outcomes.Add(
                1,
                new KeyValuePair<string, object?>("webhooks.outcome", "failed"),
                new KeyValuePair<string, object?>("error.type", outcome.Failure.ToString()));
        }
    }

    public void RecordLeaseLost() => _leasesLost.Add(1);

    public void RecordStoreError(string operation)
        => _storeErrors.Add(1, new KeyValuePair<string, object?>("webhooks.store.operation", operation));
}
