namespace Webhooks;

/// <summary>
/// Who waits for which keys. A request with several keys makes the chains of all of them one: no message of a key may
/// overtake another.
/// </summary>
internal sealed class KeyChains
{
    private const int MaxRows = 8192;
    private const long MaxBytes = 8 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<PublishKey, KeyChain> _chains = [];
    private volatile bool _isEmpty = true;

    public bool IsEmpty => _isEmpty;

    /// <summary>Puts requests behind those that wait for one of their keys already, and out of the list.</summary>
    /// <param name="requests">What is to be written.</param>
    /// <param name="begin">Called for each that has to wait, before it does.</param>
    public void Follow(List<PublishRequest> requests, Action<PublishRequest> begin)
    {
        lock (_gate)
        {
            requests.RemoveAll(request =>
            {
                if (!request.Keys.Any(_chains.ContainsKey))
                    return false;

                begin(request);
                Add(request);
                return true;
            });
        }
    }

    /// <summary>Has requests wait.</summary>
    public void Add(List<PublishRequest> requests)
    {
        lock (_gate)
        {
            foreach (var request in requests)
                Add(request);
        }
    }

    /// <summary>Takes out what has ended.</summary>
    public void Remove(List<PublishRequest> requests)
    {
        lock (_gate)
        {
            foreach (var request in requests)
            {
                if (_chains.GetValueOrDefault(request.Keys.First()) is not { } chain || !chain.Requests.Remove(request))
                    continue;
                if (chain.Requests.Count == 0)
                    Forget(chain);
            }
        }
    }

    /// <summary>Takes out those that their callers gave up or that waited too long, and returns the latter.</summary>
    public List<PublishRequest> TakeOverdue(Predicate<PublishRequest> isOverdue)
    {
        List<PublishRequest> gone;
        lock (_gate)
        {
            gone = [.. _chains.Values.Distinct().SelectMany(static chain => chain.Requests)
                .Where(request => request.IsGivenUp || isOverdue(request))];
        }

        Remove(gone);
        gone.RemoveAll(static request => request.IsGivenUp);
        return gone;
    }

    /// <summary>The first of each chain, as many as can be written together; nothing where nobody waits.</summary>
    public List<List<PublishRequest>> Heads()
    {
        lock (_gate)
        {
            var (rows, bytes) = (0, 0L);
            var heads = new List<List<PublishRequest>>();
            foreach (var chain in _chains.Values.Distinct())
            {
                List<PublishRequest> head = [.. chain.Requests.TakeWhile(request =>
                {
                    var fits = rows == 0 || (rows + request.Rows <= MaxRows && bytes + request.Bytes <= MaxBytes);
                    (rows, bytes) = (rows + request.Rows, bytes + request.Bytes);
                    return fits;
                })];
                if (head.Count > 0)
                    heads.Add(head);
            }

            return heads;
        }
    }

    private void Add(PublishRequest request)
    {
        var chain = new KeyChain();
        foreach (var other in request.Keys.Select(key => _chains.GetValueOrDefault(key)).OfType<KeyChain>().Distinct())
            chain = Join(chain, other);
        chain.Add(request);
        foreach (var key in request.Keys)
            _chains[key] = chain;
        _isEmpty = false;
    }

    private KeyChain Join(KeyChain chain, KeyChain other)
    {
        if (chain.Requests.Count == 0)
            return other;

        foreach (var request in chain.Requests)
            other.Add(request);
        foreach (var key in chain.Keys)
            _chains[key] = other;
        return other;
    }

    private void Forget(KeyChain chain)
    {
        foreach (var key in chain.Keys)
            _chains.Remove(key);
        _isEmpty = _chains.Count == 0;
    }
}
