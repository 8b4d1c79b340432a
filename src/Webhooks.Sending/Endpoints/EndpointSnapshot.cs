using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Webhooks;

/// <summary>All of a store's endpoints at one revision. Those that are deleted are only recalled.</summary>
internal sealed class EndpointSnapshot
{
    private readonly ImmutableDictionary<long, EndpointEntry> _byNumber;
    private readonly ImmutableDictionary<string, EndpointEntry> _byId;
    private readonly ImmutableDictionary<string, TenantEndpoints> _tenants;
    private readonly ImmutableDictionary<long, EndpointRecord> _deleted;
    private EndpointEntry[]? _ordered;

    private EndpointSnapshot(
        long revision,
        ImmutableDictionary<long, EndpointEntry> byNumber,
        ImmutableDictionary<string, EndpointEntry> byId,
        ImmutableDictionary<string, TenantEndpoints> tenants,
        ImmutableDictionary<long, EndpointRecord> deleted)
    {
        Revision = revision;
        _byNumber = byNumber;
        _byId = byId;
        _tenants = tenants;
        _deleted = deleted;
    }

    public static EndpointSnapshot Empty { get; } = new(
        0,
        ImmutableDictionary<long, EndpointEntry>.Empty,
        ImmutableDictionary.Create<string, EndpointEntry>(StringComparer.Ordinal),
        ImmutableDictionary.Create<string, TenantEndpoints>(StringComparer.Ordinal),
        ImmutableDictionary<long, EndpointRecord>.Empty);

    public long Revision { get; }

    public IReadOnlyDictionary<long, EndpointEntry> ByNumber => _byNumber;

    /// <summary>The endpoints by number, for paging. Sorted when first asked for.</summary>
    public ReadOnlySpan<EndpointEntry> Ordered => _ordered ??= [.. _byNumber.OrderBy(static pair => pair.Key)
        .Select(static pair => pair.Value)];

    public bool TryFind(long number, [NotNullWhen(true)] out EndpointEntry? entry)
        => _byNumber.TryGetValue(number, out entry);

    public bool TryFind(string id, [NotNullWhen(true)] out EndpointEntry? entry) => _byId.TryGetValue(id, out entry);

    /// <summary>What is known of an endpoint whose history is asked for: also of one that was deleted, if that was
    /// while this process ran.</summary>
    public EndpointRecord? Recall(long number)
        => TryFind(number, out var entry) ? entry.Record : _deleted.GetValueOrDefault(number);

    /// <inheritdoc cref="Recall(long)" />
    public EndpointRecord? Recall(string id)
        => TryFind(id, out var entry) ? entry.Record : _deleted.Values.FirstOrDefault(record => record.Id == id);

    /// <summary>The numbers of the endpoints that get a message. Not to be changed: they are shared.</summary>
    public long[] Match(WebhookMessage message) => _tenants.TryGetValue(message.Tenant, out var tenant)
        ? tenant.Index.Find(message.EventType.Value).For(message.Payload)
        : [];

    /// <summary>The endpoints after some changes.</summary>
    public EndpointSnapshot With(EndpointChanges changes, EndpointLoader loader)
    {
        var byNumber = _byNumber.ToBuilder();
        var byId = _byId.ToBuilder();
        var tenants = _tenants.ToBuilder();
        var deleted = _deleted.ToBuilder();
        foreach (var record in changes.Endpoints)
        {
            byNumber.TryGetValue(record.Number, out var before);
            if (record.State == EndpointState.Deleted)
            {
                byNumber.Remove(record.Number);
                byId.Remove(record.Id);
                deleted[record.Number] = record with { Settings = default };
                Subscribe(tenants, record, entry: null);
                continue;
            }

            var entry = before?.Record.Revision == record.Revision ? before : loader.Load(record, before);
            byNumber[record.Number] = entry;
            byId[record.Id] = entry;
            Subscribe(tenants, record, record.State == EndpointState.Enabled ? entry : null);
        }

        return new EndpointSnapshot(
            changes.Revision, byNumber.ToImmutable(), byId.ToImmutable(), tenants.ToImmutable(), deleted.ToImmutable());
    }

    private static void Subscribe(
        ImmutableDictionary<string, TenantEndpoints>.Builder tenants, EndpointRecord record, EndpointEntry? entry)
    {
        var before = tenants.GetValueOrDefault(record.Tenant) ?? TenantEndpoints.None;
        var after = entry is null ? before.Without(record.Number) : before.With(entry);
        if (after.IsEmpty)
            tenants.Remove(record.Tenant);
        else
            tenants[record.Tenant] = after;
    }
}
