namespace Webhooks;

/// <summary>Lists endpoints by number, a page at a time.</summary>
internal static class EndpointPages
{
    /// <exception cref="ArgumentException">The continuation isn't one of this query's.</exception>
    public static WebhookPage<EndpointRecord> Read(EndpointSnapshot snapshot, EndpointQuery query)
    {
        var text = Continuation.Query("endpoints", query.Tenant, query.State?.ToString(), query.EventType?.Value);
        var after = Continuation.Read(text, query.Continuation) ?? 0;
        var items = new List<EndpointRecord>();
        foreach (var entry in From(snapshot.Ordered, after))
        {
            if (!IsWanted(entry, query))
                continue;
            if (items.Count == query.PageSize)
                return new WebhookPage<EndpointRecord>(items, Continuation.Write(text, items[^1].Number));
            items.Add(entry.Record);
        }

        return new WebhookPage<EndpointRecord>(items, Continuation: null);
    }

    private static bool IsWanted(EndpointEntry entry, EndpointQuery query)
        => (query.Tenant is null || entry.Record.Tenant == query.Tenant)
           && (query.State is null || entry.Record.State == query.State)
           && (query.EventType is not { } type
               || entry.Subscription.EventTypes.Any(filter => filter.Matches(type)));

    private static ReadOnlySpan<EndpointEntry> From(ReadOnlySpan<EndpointEntry> ordered, long after)
    {
        var (low, high) = (0, ordered.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ordered[middle].Record.Number <= after)
                low = middle + 1;
            else
                high = middle;
        }

        return ordered[low..];
    }
}
