namespace Webhooks;

/// <summary>Keeps a few objects for reuse, without locks. Renting from an empty pool yields nothing.</summary>
internal sealed class Pool<T>
    where T : class
{
    private readonly T?[] _others = new T?[Environment.ProcessorCount * 2];
    private T? _first;

    public T? TryRent()
    {
        if (_first is not null && Interlocked.Exchange(ref _first, null) is { } first)
        {
            return first;
        }

        foreach (ref var slot in _others.AsSpan())
        {
            if (slot is not null && Interlocked.Exchange(ref slot, null) is { } item)
            {
                return item;
            }
        }

        return null;
    }

    public bool TryReturn(T item)
    {
        if (_first is null && Interlocked.CompareExchange(ref _first, item, null) is null)
        {
            return true;
        }

        foreach (ref var slot in _others.AsSpan())
        {
            if (slot is null && Interlocked.CompareExchange(ref slot, item, null) is null)
            {
                return true;
            }
        }

        return false;
    }
}
