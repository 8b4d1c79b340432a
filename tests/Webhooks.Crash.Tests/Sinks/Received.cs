namespace Webhooks.Crash;

/// <summary>What one endpoint got of one message.</summary>
internal sealed class Received
{
    private readonly Lock _lock = new();
    private readonly List<Attempt> _attempts = new(1);
    private int _underWay;

    /// <summary>The attempts that arrived, in their order.</summary>
    public IReadOnlyList<Attempt> Attempts
    {
        get
        {
            lock (_lock)
                return [.. _attempts];
        }
    }

    /// <summary>How long after it was about to be published the first attempt arrived.</summary>
    public TimeSpan Latency
    {
        get
        {
            lock (_lock)
                return TimeProvider.System.GetElapsedTime(_attempts[0].PublishedAt, _attempts[0].ArrivedAt);
        }
    }

    /// <summary>How many attempts the endpoint answered with success.</summary>
    public int Accepted { get; private set; }

    public Attempt Begin(Attempt arriving, out bool overlaps)
    {
        lock (_lock)
        {
            overlaps = _underWay++ > 0;
            var attempt = arriving with { Number = _attempts.Count + 1 };
            _attempts.Add(attempt);
            return attempt;
        }
    }

    public void End(bool accepted)
    {
        lock (_lock)
        {
            _underWay--;
            Accepted += accepted ? 1 : 0;
        }
    }
}
