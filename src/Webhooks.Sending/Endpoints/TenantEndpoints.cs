using System.Collections.Immutable;

namespace Webhooks;

/// <summary>The endpoints of one tenant that get messages. Indexed when somebody first publishes to them: an
/// application that sets up many endpoints shouldn't pay for the index each time.</summary>
internal sealed class TenantEndpoints(ImmutableDictionary<long, EndpointEntry> enabled)
{
    public static readonly TenantEndpoints None = new(ImmutableDictionary<long, EndpointEntry>.Empty);

    private SubscriptionIndex? _index;

    public bool IsEmpty => enabled.IsEmpty;

    public SubscriptionIndex Index => _index ?? Build();

    public TenantEndpoints With(EndpointEntry entry) => new(enabled.SetItem(entry.Record.Number, entry));

    public TenantEndpoints Without(long number)
        => enabled.ContainsKey(number) ? new(enabled.Remove(number)) : this;

    // Two at once build two, of which either serves.
    private SubscriptionIndex Build() => _index = new SubscriptionIndex(enabled.Values);
}
