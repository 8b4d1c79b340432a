namespace Webhooks;

/// <summary>Finds the version of a webhook's event type.</summary>
internal sealed class VersionReader
{
    /// <summary>The header that carries it, or null.</summary>
    public string? Header { get; init; }

    /// <summary>The JSON property that carries it, or null.</summary>
    public string? Property { get; init; }

    public string? Find(ReceivedWebhook received)
    {
        if (Header is not null)
            return received.Headers.GetValueOrDefault(Header);

        return Property is null ? null : BodyProperties.Find(received.Body, Property, null).First;
    }
}
