using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Webhooks;

/// <summary>Some of the webhooks in memory, under one lock. Times are timestamps of the store's clock.</summary>
internal sealed class MemoryDuplicateShard(int capacity)
{
    private const int FewHeld = 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    // What was handled, the oldest first: about the order in which it runs out.
    private readonly Queue<(string Key, long Token)> _handled = new();

    private long _lastToken;
    private int _held;
    private int _sweepAt = FewHeld;

    public int Count
    {
        get
        {
            lock (_gate)
                return _entries.Count;
        }
    }

    public DuplicateClaim Claim(string key, long now, long until)
    {
        lock (_gate)
        {
            ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, key, out var exists);
            if (exists && entry.Until > now)
                return new(entry.IsHandled ? DuplicateState.Handled : DuplicateState.InProgress, 0);

            if (!exists || entry.IsHandled)
                _held++;
            entry = new Entry(until, ++_lastToken, IsHandled: false);
            var token = entry.Token;
            if (_held > _sweepAt)
                SweepHeld(now);
            return new(DuplicateState.New, token);
        }
    }

    public bool TryRenew(string key, long token, long until)
    {
        lock (_gate)
        {
            ref var entry = ref CollectionsMarshal.GetValueRefOrNullRef(_entries, key);
            if (Unsafe.IsNullRef(ref entry) || !entry.IsHeldWith(token))
                return false;

            entry = entry with { Until = until };
            return true;
        }
    }

    public bool TryComplete(string key, long token, long now, long until, out int forgotten)
    {
        lock (_gate)
        {
            forgotten = 0;
            ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, key, out var exists);
            if (exists && entry.Token != token)
                return false;

            if (exists && !entry.IsHandled)
                _held--;
            if (!exists || !entry.IsHandled)
                _handled.Enqueue((key, token));
            entry = new Entry(until, token, IsHandled: true);
            forgotten = Trim(now);
            return true;
        }
    }

    public void Release(string key, long token)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var entry) && entry.IsHeldWith(token))
            {
                _entries.Remove(key);
                _held--;
            }
        }
    }

    /// <summary>Forgets what has run out, and what there is no room for.</summary>
    /// <returns>How much was forgotten before its time.</returns>
    private int Trim(long now)
    {
        var forgotten = 0;
        while (_handled.TryPeek(out var oldest))
        {
            // Webhooks that were claimed again, after they had run out, have another token and a place of their own.
            var isKnown = _entries.TryGetValue(oldest.Key, out var entry) && entry.Token == oldest.Token;
            if (isKnown && entry.Until > now)
            {
                if (_handled.Count <= capacity)
                    return forgotten;
                forgotten++;
            }

            _handled.Dequeue();
            if (isKnown)
                _entries.Remove(oldest.Key);
        }

        return forgotten;
    }

    /// <summary>Forgets claims that ran out and that nobody came back for.</summary>
    private void SweepHeld(long now)
    {
        foreach (var (key, entry) in _entries)
        {
            if (!entry.IsHandled && entry.Until <= now)
            {
                _entries.Remove(key);
                _held--;
            }
        }

        _sweepAt = Math.Max(FewHeld, _held * 2);
    }

    private readonly record struct Entry(long Until, long Token, bool IsHandled)
    {
        public bool IsHeldWith(long token) => !IsHandled && Token == token;
    }
}
