namespace Webhooks;

/// <summary>The endpoints, deleted ones included, and their revision.</summary>
internal sealed class MemoryEndpoints(MemoryClock clock)
{
    private readonly Dictionary<long, MemoryEndpoint> _byNumber = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public long Revision { get; private set; }

    public EndpointState StateOf(long number)
        => _byNumber.TryGetValue(number, out var endpoint) ? endpoint.Record.State : EndpointState.Deleted;

    public string TenantOf(long number) => _byNumber[number].Record.Tenant;

    public EndpointRecord? Create(EndpointRecord endpoint)
    {
        if (!_ids.Add(endpoint.Id))
            return null;

        var now = clock.Now;
        var created = endpoint with
        {
            Number = _byNumber.Count + 1,
            Settings = endpoint.Settings.ToArray(),
            CreatedAt = now,
            UpdatedAt = now,
            Revision = ++Revision,
        };
        _byNumber.Add(created.Number, new MemoryEndpoint(created));
        return created;
    }

    public EndpointRecord? Update(EndpointRecord endpoint)
    {
        if (!_byNumber.TryGetValue(endpoint.Number, out var stored) || stored.Record.Revision != endpoint.Revision)
            return null;

        return stored.Record = endpoint with
        {
            Id = stored.Record.Id,
            Tenant = stored.Record.Tenant,
            Settings = endpoint.Settings.ToArray(),
            CreatedAt = stored.Record.CreatedAt,
            UpdatedAt = clock.Now,
            Revision = ++Revision,
        };
    }

    public EndpointChanges ChangesSince(long revision)
    {
        var written = _byNumber.Values
            .Select(static endpoint => endpoint.Record)
            .Where(record => record.Revision > revision
                && (revision != 0 || record.State != EndpointState.Deleted));
        return new EndpointChanges(Revision, revision == Revision ? [] : [.. written]);
    }

    public TimeSpan MarkFailing(long number)
    {
        if (!_byNumber.TryGetValue(number, out var endpoint))
            return TimeSpan.Zero;

        var now = clock.Now;
        var since = endpoint.FailingSince ??= now;
        if (endpoint.LastSuccess > since)
            since = endpoint.LastSuccess.Value;
        return now > since ? now - since : TimeSpan.Zero;
    }

    public bool TryMarkHealthy(long number)
    {
        if (!_byNumber.TryGetValue(number, out var endpoint))
            return false;

        endpoint.FailingSince = null;
        return true;
    }

    public void NoteSuccess(long number) => _byNumber[number].LastSuccess = clock.Now;
}
