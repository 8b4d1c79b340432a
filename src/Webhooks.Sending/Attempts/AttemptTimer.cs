using System.Collections.Concurrent;

namespace Webhooks;

/// <summary>
/// The time limit of an attempt, joined with the caller's token. A source that neither fired nor was cancelled is used
/// again: making one for each request would cost more than signing it.
/// </summary>
internal sealed class AttemptTimer(TimeProvider timeProvider)
{
    private const int MaxPooled = 256;

    private readonly ConcurrentQueue<CancellationTokenSource> _pool = new();
    private int _pooled;

    public Lease Start(TimeSpan timeout, CancellationToken callerToken)
    {
        if (_pool.TryDequeue(out var source))
        {
            Interlocked.Decrement(ref _pooled);
            source.CancelAfter(timeout);
        }
        else
        {
            source = new CancellationTokenSource(timeout, timeProvider);
        }

        var registration = callerToken.CanBeCanceled
            ? callerToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), source)
            : default;
        return new Lease(this, source, registration);
    }

    private void Return(CancellationTokenSource source)
    {
        // The count may be off by a few under contention, which only makes the pool that much larger or smaller.
        if (Volatile.Read(ref _pooled) < MaxPooled && source.TryReset())
        {
            Interlocked.Increment(ref _pooled);
            _pool.Enqueue(source);
        }
        else
        {
            source.Dispose();
        }
    }

    internal readonly struct Lease(
        AttemptTimer timer, CancellationTokenSource source, CancellationTokenRegistration registration) : IDisposable
    {
        public CancellationToken Token => source.Token;

        // Disposing the registration waits for a callback under way, so that a late cancellation never hits the next
        // user.
        public void Dispose()
        {
            registration.Dispose();
            timer.Return(source);
        }
    }
}
