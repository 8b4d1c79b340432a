namespace Webhooks;

/// <summary>Makes entries of what a store keeps. The endpoint itself is built when it is first sent to.</summary>
internal sealed class EndpointLoader(EndpointSerializer serializer, Func<WebhookEndpoint, WebhookEndpoint>? prepare)
{
    /// <summary>
    /// An entry for a record. While the settings stay as they were, so does the endpoint object, and with it its
    /// connections, keyed hashes and tokens; the state changes around it.
    /// </summary>
    public EndpointEntry Load(EndpointRecord record, EndpointEntry? before)
    {
        if (before is not null && before.Record.Settings.Span.SequenceEqual(record.Settings.Span))
            return before.With(record);

        // Failures aren't kept: a key ring may be out of reach for a while.
        return new EndpointEntry(record, new Lazy<WebhookEndpoint>(
            () => Prepare(serializer.Read(record)), LazyThreadSafetyMode.PublicationOnly))
        {
            Credentials = before?.Credentials,
        };
    }

    /// <summary>The endpoint as it will be sent to, from the one that is stored.</summary>
    /// <exception cref="InvalidOperationException">The application's code threw, or returned another
    /// endpoint.</exception>
    public WebhookEndpoint Prepare(WebhookEndpoint stored)
    {
        if (prepare is null)
            return stored;

        WebhookEndpoint? prepared;
        try
        {
            prepared = prepare(stored);
        }
#pragma warning disable CA1031 // The application's code may throw anything.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            throw new InvalidOperationException(
                $"WebhookSenderOptions.PrepareEndpoint threw {exception.GetType().Name} for endpoint {stored.Id}.",
                exception);
        }

        return prepared is not null && prepared.Id == stored.Id && prepared.Tenant == stored.Tenant
            ? prepared
            : throw new InvalidOperationException(
                $"WebhookSenderOptions.PrepareEndpoint returned another endpoint than {stored.Id}, or none: return "
                + "what it was given, changed by 'with { … }'.");
    }
}
