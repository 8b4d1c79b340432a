namespace Webhooks;

/// <summary>How long to leave a store alone that throws: twice as long each time up to a cap, spread by half, so that
/// nodes that failed together don't come back together. For one loop.</summary>
internal sealed class Backoff(Random random, TimeSpan longest)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private int _failures;

    public int Failures => _failures;

    public TimeSpan Next()
    {
        var doubled = Shortest * Math.Pow(2, Math.Min(_failures++, 30));

        // Jitter needs to be spread, not unguessable.
#pragma warning disable CA5394
        return (doubled < longest ? doubled : longest) * (1 - (random.NextDouble() / 2));
#pragma warning restore CA5394
    }

    public void Reset() => _failures = 0;
}
