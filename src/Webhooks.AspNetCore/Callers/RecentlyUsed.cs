using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Webhooks;

/// <summary>
/// A bounded memory of what was used last, for many threads at once. It has two generations: what is written or found
/// goes into the younger one, and when that is full the older one is forgotten as a whole. So it holds everything that
/// was used among the last <paramref name="capacity"/> entries, and never more than twice as many.
/// </summary>
internal sealed class RecentlyUsed<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private Generations _current = new(new(), new());

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var current = Volatile.Read(ref _current);
        if (current.Young.TryGetValue(key, out value))
            return true;
        if (!current.Old.TryGetValue(key, out value))
            return false;

        value = Add(current, key, value);
        return true;
    }

    public TValue GetOrAdd(TKey key, Func<TKey, TValue> make) =>
        TryGet(key, out var found) ? found : Add(Volatile.Read(ref _current), key, make(key));

    public void Set(TKey key, TValue value)
    {
        var current = Volatile.Read(ref _current);
        if (current.Young.TryAdd(key, value))
            Count(current);
        else
            current.Young[key] = value;
    }

    public void Remove(TKey key)
    {
        var current = Volatile.Read(ref _current);
        current.Young.TryRemove(key, out _);
        current.Old.TryRemove(key, out _);
    }

    private TValue Add(Generations current, TKey key, TValue value)
    {
        if (!current.Young.TryAdd(key, value))
            return current.Young.TryGetValue(key, out var other) ? other : value;

        Count(current);
        return value;
    }

    // Removals aren't counted back: the younger generation then gives way a little early.
    private void Count(Generations current)
    {
        if (Interlocked.Increment(ref current.Added) == capacity)
            Interlocked.CompareExchange(ref _current, new Generations(new(), current.Young), current);
    }

    private sealed class Generations(ConcurrentDictionary<TKey, TValue> young, ConcurrentDictionary<TKey, TValue> old)
    {
        public int Added;

        public ConcurrentDictionary<TKey, TValue> Young { get; } = young;

        public ConcurrentDictionary<TKey, TValue> Old { get; } = old;
    }
}
