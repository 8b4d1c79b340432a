using System.Collections.Concurrent;

namespace Webhooks;

/// <summary>
/// Finds the endpoints of one tenant that want an event type. What was found is kept, so that publishing as a rule
/// costs one lookup and no allocation, however many endpoints there are.
/// </summary>
internal sealed class SubscriptionIndex
{
    // Event types are few as a rule; an application that makes them up as it goes must not fill the memory.
    private const int MaxKept = 4096;

    private readonly Dictionary<string, List<EndpointEntry>> _byFilter = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, MatchSet> _kept = new(StringComparer.Ordinal);

    public SubscriptionIndex(IEnumerable<EndpointEntry> entries)
    {
        foreach (var entry in entries)
        {
            foreach (var filter in entry.Subscription.EventTypes)
            {
                if (!_byFilter.TryGetValue(filter.Value, out var list))
                    _byFilter[filter.Value] = list = [];
                list.Add(entry);
            }
        }
    }

    /// <summary>How many event types are kept.</summary>
    public int Kept => _kept.Count;

    public MatchSet Find(string eventType) => _kept.TryGetValue(eventType, out var known) ? known : Add(eventType);

    private MatchSet Add(string eventType)
    {
        var found = new SortedDictionary<long, EndpointEntry>();
        Collect(EventTypeFilter.All.Value, found);
        Collect(eventType, found);
        for (var dot = eventType.IndexOf('.', 0); dot >= 0; dot = eventType.IndexOf('.', dot + 1))
            Collect(string.Concat(eventType.AsSpan(0, dot), ".*"), found);

        var matches = found.Count > 0 ? new MatchSet([.. found.Values]) : MatchSet.None;
        if (_kept.Count < MaxKept)
            _kept[eventType] = matches;
        return matches;
    }

    private void Collect(string filter, SortedDictionary<long, EndpointEntry> found)
    {
        if (!_byFilter.TryGetValue(filter, out var entries))
            return;

        foreach (var entry in entries)
            found[entry.Record.Number] = entry;
    }
}
