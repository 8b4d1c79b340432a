namespace Webhooks;

/// <summary>A stored endpoint as this process knows it. Immutable: a change makes a new one.</summary>
internal sealed class EndpointEntry(EndpointRecord record, Lazy<WebhookEndpoint> endpoint)
{
    private Subscription? _subscription;

    public EndpointRecord Record => record;

    /// <summary>The endpoint to send to, made when first asked for.</summary>
    /// <exception cref="InvalidOperationException">What is stored can't be read: a key is missing, or a scheme isn't
    /// known here. The message names what, never a secret.</exception>
    public WebhookEndpoint Endpoint => endpoint.Value;

    /// <summary>What it wants, read without its secrets.</summary>
    public Subscription Subscription => _subscription ??= Subscription.Read(record.Settings.Span);

    /// <summary>Credentials that may hold a token, of this endpoint or the ones before it. Held so that an endpoint
    /// that was written again finds them, see <see cref="OAuthAuthorizations"/>.</summary>
    public WebhookAuthorization? Credentials
    {
        get => endpoint.IsValueCreated ? endpoint.Value.Authorization : field;
        init;
    }

    /// <summary>Makes <see cref="Endpoint"/>, which takes a while the first time. Should that fail, each attempt will say
    /// so.</summary>
    public void Prepare()
    {
        if (endpoint.IsValueCreated)
            return;

        try
        {
            _ = endpoint.Value;
        }
        catch (InvalidOperationException)
        {
            // It is said elsewhere.
        }
    }

    /// <summary>The same endpoint in another state.</summary>
    public EndpointEntry With(EndpointRecord changed)
        => new(changed, endpoint) { _subscription = _subscription, Credentials = Credentials };
}
