using System.Diagnostics.CodeAnalysis;

namespace Webhooks;

/// <summary>Lanes that pause, by when they go on. A pause that was replaced is skipped when its time comes. Guarded by
/// the board's lock.</summary>
internal sealed class LanePauses
{
    /// <summary>A pause during which a lane may keep what it holds.</summary>
    public static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    private readonly PriorityQueue<Lane, long> _ends = new();

    public long? Next
    {
        get
        {
            while (_ends.TryPeek(out var lane, out var end))
            {
                if (lane.PausedUntil == end)
                    return end;
                _ends.Dequeue();
            }

            return null;
        }
    }

    public void Add(Lane lane, long until)
    {
        if (lane.PausedUntil == until)
            return;

        lane.PausedUntil = until;
        _ends.Enqueue(lane, until);
    }

    public bool TryTake(long now, [NotNullWhen(true)] out Lane? lane)
    {
        if (Next <= now)
        {
            lane = _ends.Dequeue();
            lane.PausedUntil = null;
            return true;
        }

        lane = null;
        return false;
    }
}
