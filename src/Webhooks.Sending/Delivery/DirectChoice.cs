namespace Webhooks;

/// <summary>Which of a message's endpoints take it at once.</summary>
internal sealed class DirectChoice(IReadOnlyList<long> endpoints)
{
    private long[]? _reordered;

    /// <summary>How many do.</summary>
    public int Count { get; private set; }

    /// <summary>The message's endpoints, those first that take it at once.</summary>
    public IReadOnlyList<long> Endpoints => _reordered ?? endpoints;

    /// <summary>Has the endpoint at a place take it; to be called in the order of the places.</summary>
    public void Take(int place)
    {
        if (place != Count)
        {
            // The list itself is shared with all messages of the event type.
            _reordered ??= [.. endpoints];
            (_reordered[Count], _reordered[place]) = (_reordered[place], _reordered[Count]);
        }

        Count++;
    }
}
