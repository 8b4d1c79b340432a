using System.Diagnostics;

namespace Webhooks;

/// <summary>An endpoint as it is stored.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class StoredEndpoint
{
    private readonly Lazy<WebhookEndpoint> _endpoint;

    /// <summary>Makes one, for tests of your own code.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <exception cref="ArgumentNullException"><paramref name="endpoint"/> is null.</exception>
    public StoredEndpoint(WebhookEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        Id = endpoint.Id;
        Tenant = endpoint.Tenant;
        _endpoint = new Lazy<WebhookEndpoint>(endpoint);
    }

    internal StoredEndpoint(EndpointRecord record, EndpointSerializer serializer)
    {
        Id = record.Id;
        Tenant = record.Tenant;
        State = record.State;
        DisabledReason = record.DisabledReason;
        CreatedAt = record.CreatedAt;
        UpdatedAt = record.UpdatedAt;
        Revision = record.Revision;
        _endpoint = new Lazy<WebhookEndpoint>(
            () => serializer.Read(record), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>The endpoint's id.</summary>
    public string Id { get; }

    /// <summary>Whose endpoint it is; empty for none.</summary>
    public string Tenant { get; }

    /// <summary>The endpoint: an object of your own, without what
    /// <see cref="WebhookSenderOptions.PrepareEndpoint"/> attaches.</summary>
    /// <exception cref="InvalidOperationException">What is stored can't be read: the key of its protection is missing,
    /// or it names a signature scheme that isn't known here. The message says which, and no secret.</exception>
    public WebhookEndpoint Endpoint => _endpoint.Value;

    /// <summary>Whether it gets messages.</summary>
    public EndpointState State { get; init; }

    /// <summary>Why it was disabled; null while it isn't.</summary>
    public string? DisabledReason { get; init; }

    /// <summary>When it was created, by the store's clock.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last written, by the store's clock.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The write that it stems from: greater with every write. It can be passed to
    /// <see cref="IWebhookEndpoints.UpdateAsync"/>, and to clients as an entity tag.</summary>
    public long Revision { get; init; }

    /// <summary>The id and state.</summary>
    public override string ToString() => $"{Id} ({State})";
}
