namespace Webhooks;

/// <summary>
/// How far a node has looked. A claim looks at a bounded number of endpoints, and of an endpoint's ordering keys. When
/// it finds nothing there, the next one goes on where it stopped, until everything was looked at once: only then is
/// there no more to claim. Work that comes meanwhile wakes the dispatcher, which begins anew.
/// </summary>
internal sealed class ClaimProgress
{
    private const int MaxEndpointsWithManyKeys = 1000;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, Circle> _keys = [];
    private (long Cursor, Circle Left)? _endpoints;

    /// <summary>Which endpoints to look at for a cursor.</summary>
    public Circle Endpoints(long cursor)
    {
        lock (_lock)
            return _endpoints is { } known && known.Cursor == cursor ? known.Left : Circle.From(cursor);
    }

    /// <summary>Which ordering keys to look at, for endpoints that have many, in the endpoints' order.</summary>
    public KeyValuePair<long, Circle>[] Keys()
    {
        lock (_lock)
            return [.. _keys];
    }

    /// <summary>Notes what a claim has looked at.</summary>
    /// <param name="endpoints">Which endpoints it was to look at.</param>
    /// <param name="look">What it looked at.</param>
    /// <param name="foundSome">Whether it found something to do.</param>
    /// <returns>Whether there is more to look at.</returns>
    public bool Note(Circle endpoints, ClaimLook look, bool foundSome)
    {
        lock (_lock)
        {
            var hasMore = NoteEndpoints(endpoints, look, foundSome);
            foreach (var keys in look.Keys)
                hasMore |= NoteKeys(keys, foundSome);
            if (foundSome || !hasMore)
                ForgetSeen();
            return hasMore;
        }
    }

    private bool NoteEndpoints(Circle endpoints, ClaimLook look, bool foundSome)
    {
        _endpoints = null;
        if (!look.IsCut || foundSome)
            return look.IsCut;

        var rest = endpoints.After(look.Last, look.HasWrapped);
        _endpoints = rest.IsDone ? null : (look.Last, rest);
        return !rest.IsDone;
    }

    private bool NoteKeys(KeyLook look, bool foundSome)
    {
        var before = _keys.TryGetValue(look.Endpoint, out var known) ? known : Circle.From(Circle.Nothing);
        _keys[look.Endpoint] = look.IsCut switch
        {
            true when foundSome => Circle.From(look.Last),
            true => before.After(look.Last, look.HasWrapped),
            false => Circle.Done,
        };
        return !_keys[look.Endpoint].IsDone;
    }

    /// <summary>What was seen is looked at again next time; who has many keys goes on with the next of them.</summary>
    private void ForgetSeen()
    {
        foreach (var (endpoint, _) in _keys.Where(static pair => pair.Value.IsDone).ToArray())
            _keys.Remove(endpoint);
        if (_keys.Count > MaxEndpointsWithManyKeys)
            _keys.Clear();
    }
}
