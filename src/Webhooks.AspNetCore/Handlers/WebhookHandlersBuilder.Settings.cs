namespace Webhooks;

public sealed partial class WebhookHandlersBuilder
{
    /// <summary>Says what becomes of webhooks that no handler wants. A fallback goes before it.</summary>
    /// <param name="unknown">What. The default is <see cref="UnknownEventType.Acknowledge"/>.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The application has started.</exception>
    public WebhookHandlersBuilder OnUnknown(UnknownEventType unknown)
    {
        _handlers.Unknown = unknown;
        return this;
    }

    /// <summary>Sets the handler of webhooks that no other handler wants.</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The application has started.</exception>
    public WebhookHandlersBuilder OnFallback(Func<WebhookEvent, CancellationToken, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _handlers.Fallback = new RawRoute(EventPattern.Parse("*"), version: null, handler);
        return this;
    }

    /// <summary>Says where the payload is within the body, for senders that put it in an envelope. Handlers are then
    /// given what is there.</summary>
    /// <param name="property">A top-level JSON property, such as <c>data</c>; or, where it begins with <c>/</c>, a JSON
    /// Pointer through objects, such as <c>/data/object</c>.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="property"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">The application has started.</exception>
    public WebhookHandlersBuilder PayloadAt(string property)
    {
        ArgumentException.ThrowIfNullOrEmpty(property);
        _handlers.PayloadPath = new JsonPath(property);
        return this;
    }

    /// <summary>Says which header carries the version of the event type, for handlers of one version.</summary>
    /// <param name="name">The header's name, such as <c>X-Shopify-API-Version</c>.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> isn't the name of a header.</exception>
    /// <exception cref="InvalidOperationException">The application has started.</exception>
    public WebhookHandlersBuilder VersionFromHeader(string name)
    {
        if (!Token.IsToken(name))
            throw new ArgumentException("A header's name is needed, such as X-Api-Version.", nameof(name));

        _handlers.Versions = new VersionReader { Header = name };
        return this;
    }

    /// <summary>Says which property of the body carries the version of the event type, for handlers of one
    /// version.</summary>
    /// <param name="property">A top-level JSON property, such as <c>api_version</c>; or, where it begins with <c>/</c>, a
    /// JSON Pointer.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="property"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">The application has started.</exception>
    public WebhookHandlersBuilder VersionFromProperty(string property)
    {
        ArgumentException.ThrowIfNullOrEmpty(property);
        _handlers.Versions = new VersionReader { Property = property };
        return this;
    }

    /// <summary>Refuses a body in which any object has two properties of one name, as unreadable: which of them counts
    /// depends on who reads it. Costs another pass over the body, and holds for handlers of what isn't JSON
    /// too.</summary>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The application has started.</exception>
    public WebhookHandlersBuilder RefuseDuplicateProperties()
    {
        _handlers.RefusesDuplicates = true;
        return this;
    }
}
