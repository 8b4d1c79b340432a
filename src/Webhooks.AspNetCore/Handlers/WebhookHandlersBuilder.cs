using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>Adds handlers to a source's route. Handlers belong to the source: a second route of the same source runs the
/// same ones.</summary>
/// <remarks>An event type is written as endpoints' filters are: <c>invoice.paid</c>, <c>invoice.*</c> for all below a
/// name, <c>*</c> for all. Handlers of the very name go before those of a pattern, a longer pattern before a shorter
/// one; only those of one pattern run. Several of the same run one after the other, in the order in which they were
/// added.</remarks>
public sealed partial class WebhookHandlersBuilder : IEndpointConventionBuilder
{
    private readonly IEndpointConventionBuilder _endpoint;
    private readonly SourceHandlers _handlers;
    private readonly IServiceProvider _services;

    internal WebhookHandlersBuilder(
        IEndpointConventionBuilder endpoint, SourceHandlers handlers, IServiceProvider services) =>
        (_endpoint, _handlers, _services) = (endpoint, handlers, services);

    /// <summary>Adds a handler that takes the payload as an object.</summary>
    /// <typeparam name="T">The payload.</typeparam>
    /// <param name="eventType">Which event types.</param>
    /// <param name="typeInfo">How to read the payload, from a
    /// <see cref="System.Text.Json.Serialization.JsonSerializerContext"/>.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="version">Which version of the event type; see <see cref="VersionFromHeader"/>.
    /// <see langword="null"/>: any that no other handler of the same event type wants.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="FormatException"><paramref name="eventType"/> is no event type and no pattern.</exception>
    /// <exception cref="InvalidOperationException">The application has started.</exception>
    public WebhookHandlersBuilder On<T>(
        string eventType,
        JsonTypeInfo<T> typeInfo,
        Func<WebhookEvent<T>, CancellationToken, Task> handler,
        string? version = null)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        ArgumentNullException.ThrowIfNull(handler);
        return Add(new PayloadRoute<T>(EventPattern.Parse(eventType), version, typeInfo, handler));
    }

    /// <summary>Adds a handler that takes the payload as an object, read as the application's JSON options say
    /// (<c>ConfigureHttpJsonOptions</c>).</summary>
    /// <typeparam name="T">The payload.</typeparam>
    /// <param name="eventType">Which event types.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="version">Which version of the event type; see <see cref="VersionFromHeader"/>.
    /// <see langword="null"/>: any that no other handler of the same event type wants.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="FormatException"><paramref name="eventType"/> is no event type and no pattern.</exception>
    /// <exception cref="InvalidOperationException">The JSON options don't know the type, or the application has
    /// started.</exception>
    public WebhookHandlersBuilder On<T>(
        string eventType, Func<WebhookEvent<T>, CancellationToken, Task> handler, string? version = null) =>
        On(eventType, FindTypeInfo<T>(), handler, version);

    /// <summary>Adds a handler from the services.</summary>
    /// <typeparam name="T">The payload.</typeparam>
    /// <typeparam name="THandler">The handler, which must have been added to the services.</typeparam>
    /// <param name="eventType">Which event types.</param>
    /// <param name="typeInfo">How to read the payload. <see langword="null"/>: as the application's JSON options say
    /// (<c>ConfigureHttpJsonOptions</c>).</param>
    /// <param name="version">Which version of the event type; see <see cref="VersionFromHeader"/>.
    /// <see langword="null"/>: any that no other handler of the same event type wants.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="FormatException"><paramref name="eventType"/> is no event type and no pattern.</exception>
    /// <exception cref="InvalidOperationException">The JSON options don't know the type, or the application has
    /// started.</exception>
    public WebhookHandlersBuilder On<T, THandler>(
        string eventType, JsonTypeInfo<T>? typeInfo = null, string? version = null)
        where THandler : class, IWebhookHandler<T> =>
        Add(new PayloadRoute<T>(
            EventPattern.Parse(eventType), version, typeInfo ?? FindTypeInfo<T>(), HandleAsync<T, THandler>)
        {
            HandlerType = typeof(THandler),
        });

    /// <summary>Adds a handler that takes the webhook as it is, for payloads that aren't JSON or don't matter.</summary>
    /// <param name="eventType">Which event types. <c>*</c> also takes webhooks without one.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="version">Which version of the event type; see <see cref="VersionFromHeader"/>.
    /// <see langword="null"/>: any that no other handler of the same event type wants.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="FormatException"><paramref name="eventType"/> is no event type and no pattern.</exception>
    /// <exception cref="InvalidOperationException">The application has started.</exception>
    public WebhookHandlersBuilder On(
        string eventType, Func<WebhookEvent, CancellationToken, Task> handler, string? version = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add(new RawRoute(EventPattern.Parse(eventType), version, handler));
    }

    void IEndpointConventionBuilder.Add(Action<EndpointBuilder> convention) => _endpoint.Add(convention);

    void IEndpointConventionBuilder.Finally(Action<EndpointBuilder> finallyConvention) =>
        _endpoint.Finally(finallyConvention);

    private static Task HandleAsync<T, THandler>(WebhookEvent<T> webhook, CancellationToken cancellationToken)
        where THandler : class, IWebhookHandler<T> =>
        webhook.Services.GetRequiredService<THandler>().HandleAsync(webhook, cancellationToken);

    private WebhookHandlersBuilder Add(HandlerRoute route)
    {
        _handlers.Add(route);
        return this;
    }

    private JsonTypeInfo<T> FindTypeInfo<T>()
    {
        var options = _services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        return options.TryGetTypeInfo(typeof(T), out var typeInfo)
            ? (JsonTypeInfo<T>)typeInfo
            : throw new InvalidOperationException(
                $"The application's JSON options don't know the type {typeof(T)}. Add its JsonSerializerContext with "
                + "ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Add(…)), or give the "
                + "handler its JsonTypeInfo.");
    }
}
