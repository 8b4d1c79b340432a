using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>
/// Learns from every stored attempt how its endpoint fares, and in the background writes it down, disables endpoints
/// and tells observers. Attempts of endpoints that are well cost one look-up; nothing here blocks delivery or throws
/// into it.
/// </summary>
/// <remarks>
/// The queue holds an endpoint at most once, so it is bounded by how many of them fail. After each write an endpoint
/// rests: what is noted meanwhile is written together.
/// </remarks>
internal sealed class EndpointHealth : BackgroundService
{
    private static readonly TimeSpan RestTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<long, EndpointVitals> _vitals = new();
    private readonly Channel<EndpointVitals?> _queue = Channel.CreateUnbounded<EndpointVitals?>();
    private readonly List<EndpointVitals> _resting = [];
    private readonly HealthWriter _writer;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly ITimer _restIsOver;
    private long _sweptAt;

    public EndpointHealth(HealthWriter writer, TimeProvider timeProvider, ILogger logger)
    {
        _writer = writer;
        _timeProvider = timeProvider;
        _logger = logger;
        _sweptAt = timeProvider.GetTimestamp();

        // Null in the queue stands for the end of the rest.
        _restIsOver = timeProvider.CreateTimer(
            static queue => ((Channel<EndpointVitals?>)queue!).Writer.TryWrite(null), _queue,
            Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Notes an attempt. Never blocks and never throws.</summary>
    /// <param name="entry">The endpoint as it was for the attempt.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="change">What it did to the endpoint's circuit.</param>
    public void Report(EndpointEntry entry, WebhookAttempt attempt, CircuitChange change)
    {
        var number = entry.Record.Number;
        var isGood = attempt.Succeeded && change == CircuitChange.None && !attempt.ShouldDisableEndpoint;
        if (isGood && !_vitals.ContainsKey(number))
            return;

        // Nothing was sent, because the message doesn't fit the endpoint: that isn't the endpoint's state.
        if (attempt.Error == WebhookErrorKind.RequestInvalid && change == CircuitChange.None)
            return;

        while (true)
        {
            var vitals = _vitals.GetOrAdd(number, static (key, clock) => new EndpointVitals(key, clock), _timeProvider);
            if (vitals.TryNote(entry, attempt, change, out var needsWork))
            {
                if (needsWork)
                    _queue.Writer.TryWrite(vitals);
                return;
            }

            Remove(vitals);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);

        // The dispatcher has stopped before: what its last attempts told is written while the host gives time.
        var goesWell = true;
        while (goesWell && !cancellationToken.IsCancellationRequested && _queue.Reader.TryRead(out var vitals))
            goesWell = vitals is null || await LookAfterAsync(vitals, cancellationToken).ConfigureAwait(false);
    }

    public override void Dispose()
    {
        _restIsOver.Dispose();
        base.Dispose();
    }

    // Nothing may end this loop but the host. What the store throws is caught for each endpoint, and slows the loop
    // down, since it would throw for the next one as well.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var vitals in _queue.Reader.ReadAllAsync(stoppingToken).ConfigureAwait(false))
            {
                if (vitals is null)
                    await EndRestAsync(stoppingToken).ConfigureAwait(false);
                else if (!await LookAfterAsync(vitals, stoppingToken).ConfigureAwait(false))
                    await Task.Delay(RestTime, _timeProvider, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    /// <summary>Returns false when that can't be done now.</summary>

    private async Task<bool> LookAfterAsync(EndpointVitals vitals, CancellationToken cancellationToken)
    {
        var notes = vitals.Take();
        try
        {
            var hasWritten = await _writer.WriteAsync(vitals, notes, cancellationToken).ConfigureAwait(false);
            if (!_writer.IsEnabled(vitals.EndpointNumber))
                Forget(vitals, whateverIsNoted: true);
            else if (hasWritten || !notes.IsFailing)
                Rest(vitals, hasWritten);
            return true;
        }
#pragma warning disable CA1031 // A store may throw anything, and the next endpoint's turn must come.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            vitals.PutBack(notes);
            if (cancellationToken.IsCancellationRequested)
            {
                _queue.Writer.TryWrite(vitals);
                return false;
            }

            _logger.HealthNotWritten(exception, notes.Entry.Record.Id, _writer.StoreName, RestTime);
            Rest(vitals, hasWritten: false);
            return false;
        }
    }

    private void Rest(EndpointVitals vitals, bool hasWritten)
    {
        if (!vitals.TryRest(hasWritten))
            return;

        _resting.Add(vitals);
        if (_resting.Count == 1)
            _restIsOver.Change(RestTime, Timeout.InfiniteTimeSpan);
    }

    private async Task EndRestAsync(CancellationToken cancellationToken)
    {
        EndpointVitals[] rested = [.. _resting];
        _resting.Clear();
        foreach (var vitals in rested)
        {
            vitals.Wake();
            if (Forget(vitals, whateverIsNoted: false))
                continue;
            if (!await LookAfterAsync(vitals, cancellationToken).ConfigureAwait(false))
                await Task.Delay(RestTime, _timeProvider, cancellationToken).ConfigureAwait(false);
        }

        if (_timeProvider.GetElapsedTime(_sweptAt) >= SweepInterval)
            Sweep();
    }

    // An endpoint that was deleted while it failed is heard of no more.
    private void Sweep()
    {
        _sweptAt = _timeProvider.GetTimestamp();
        foreach (var vitals in _vitals.Values)
        {
            if (!_writer.IsEnabled(vitals.EndpointNumber))
                Forget(vitals, whateverIsNoted: true);
        }
    }

    private bool Forget(EndpointVitals vitals, bool whateverIsNoted)
        => vitals.TryRetire(whateverIsNoted) && Remove(vitals);

    private bool Remove(EndpointVitals vitals)
        => _vitals.TryRemove(new KeyValuePair<long, EndpointVitals>(vitals.EndpointNumber, vitals));
}
