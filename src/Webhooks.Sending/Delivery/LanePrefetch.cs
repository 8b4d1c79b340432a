namespace Webhooks;

/// <summary>
/// How many deliveries a lane should hold, waiting and under way, so that it need not wait for claims, and no more. It
/// begins a little above its concurrency, doubles each time the lane runs dry while the store has more, and never goes
/// beyond what the lane finished in half a second: an endpoint that hangs holds few.
/// </summary>
internal sealed class LanePrefetch(int most, DispatchClock clock)
{
    private static readonly TimeSpan Horizon = TimeSpan.FromSeconds(0.5);

    private long _grantedAt;
    private int _finished;
    private int _target;
    private bool _mayGrow;

    /// <summary>What a lane holds at first.</summary>
    public static int Floor(int concurrency) => concurrency + (concurrency / 2);

    public int Target(int concurrency) => Math.Clamp(_target, Math.Min(Floor(concurrency), most), most);

    /// <summary>The lane got deliveries. What it finishes from now on tells how fast it is.</summary>
    public void OnGranted(long now)
    {
        _grantedAt = now;
        _finished = 0;
        _mayGrow = true;
    }

    /// <summary>An attempt ended. A failure makes it careful: the next may all fail, and be released again.</summary>
    public void OnFinished(bool succeeded)
    {
        _finished++;
        if (!succeeded)
            _target /= 2;
    }

    /// <summary>The lane could do more than it has. Returns whether that is news since it last got some.</summary>
    public bool OnDry(int concurrency, long now)
    {
        if (!_mayGrow)
            return false;

        _mayGrow = false;
        var elapsed = clock.Between(_grantedAt, now);
        var inHorizon = elapsed > TimeSpan.Zero ? _finished * (Horizon / elapsed) : most;
        _target = (int)Math.Min(2.0 * Target(concurrency), Floor(concurrency) + inHorizon);
        return true;
    }
}
