namespace Webhooks;

/// <summary>The endpoints of one tenant that want one event type, each by number.</summary>
internal sealed class MatchSet
{
    public static readonly MatchSet None = new([]);

    private readonly long[] _always;
    private readonly EndpointEntry[] _entries;

    /// <param name="entries">The endpoints, by number.</param>
    public MatchSet(EndpointEntry[] entries)
    {
        _always = Array.TrueForAll(entries, static entry => entry.Subscription.PayloadFilter is null)
            ? Array.ConvertAll(entries, static entry => entry.Record.Number)
            : [];
        _entries = entries;
    }

    /// <summary>The numbers of those that want this payload. Not to be changed: they are shared.</summary>
    public long[] For(ReadOnlyMemory<byte> payload)
    {
        if (_always.Length == _entries.Length)
            return _always;

        using var document = PayloadDocument.TryParse(payload);
        var matches = new List<long>(_entries.Length);
        foreach (var entry in _entries)
        {
            if (entry.Subscription.PayloadFilter is not { } filter
                || (document is not null && filter.Matches(document.RootElement)))
                matches.Add(entry.Record.Number);
        }

        return [.. matches];
    }
}
