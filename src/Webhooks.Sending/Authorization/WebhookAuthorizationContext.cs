namespace Webhooks;

/// <summary>What a <see cref="WebhookAuthorization"/> works with.</summary>
public readonly struct WebhookAuthorizationContext
{
    private readonly HttpMessageInvoker _invoker;

    internal WebhookAuthorizationContext(
        WebhookMessage message, WebhookEndpoint endpoint, int attemptNumber, TimeProvider timeProvider,
        HttpMessageInvoker invoker)
    {
        Message = message;
        Endpoint = endpoint;
        AttemptNumber = attemptNumber;
        TimeProvider = timeProvider;
        _invoker = invoker;
    }

    /// <summary>The message that is sent.</summary>
    public WebhookMessage Message { get; }

    /// <summary>Where it goes.</summary>
    public WebhookEndpoint Endpoint { get; }

    /// <summary>The first attempt is 1.</summary>
    public int AttemptNumber { get; }

    /// <summary>The sender's clock.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>
    /// Makes a request through the same guarded network as the endpoint's, for instance to a token endpoint. Redirects
    /// aren't followed; read no more of the response than you need, and dispose it.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="HttpRequestException">There was no response, or the guard refused the address.</exception>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Endpoint.Network is { } network)
            request.Options.Set(ConnectionKey.Option, new ConnectionKey(network));
        return _invoker.SendAsync(request, cancellationToken);
    }
}
