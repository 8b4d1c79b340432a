using Microsoft.Extensions.Time.Testing;

namespace Webhooks.Tests;

/// <summary>Fake time that tells how many timers were made, so that a test knows when somebody waits for it to
/// pass.</summary>
internal sealed class CountingClock() : FakeTimeProvider(The.Now)
{
    private int _timers;

    public int Timers => Volatile.Read(ref _timers);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref _timers);
        return timer;
    }
}
