namespace Webhooks;

/// <summary>What a store keeps of an endpoint. How it is sent to is bytes that only the library reads.</summary>
public sealed record EndpointRecord
{
    /// <summary>The store's own number for the endpoint, which deliveries refer to; given on creation, from 1, never
    /// given again.</summary>
    public long Number { get; init; }

    /// <summary>The endpoint's id, unique in the store, deleted endpoints included.</summary>
    public required string Id { get; init; }

    /// <summary>Whose endpoint it is; empty for none.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>Whether it gets messages.</summary>
    public EndpointState State { get; init; }

    /// <summary>Why it was disabled, for people to read; null while it isn't.</summary>
    public string? DisabledReason { get; init; }

    /// <summary>URL, filters, secrets and whatever else sending needs; secrets within are protected.</summary>
    public required ReadOnlyMemory<byte> Settings { get; init; }

    /// <summary>When it was created, by the store's clock; set by the store.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last written, by the store's clock; set by the store.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>
    /// The store's revision that wrote this; set by the store. Each write of an endpoint takes the next revision, and
    /// revisions become visible in their order.
    /// </summary>
    public long Revision { get; init; }
}
