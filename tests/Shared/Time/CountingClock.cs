using Microsoft.Extensions.Time.Testing;

namespace Webhooks;

/// <summary>Fake time that tells how many timers were made, so that a test knows when somebody waits for it to pass:
/// what is advanced before that isn't heard.</summary>
internal sealed class CountingClock(DateTimeOffset start) : FakeTimeProvider(start)
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
