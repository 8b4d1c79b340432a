using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Webhooks;

/// <summary>Names the store that messages are kept in.</summary>
public static class WebhookStoreBuilderExtensions
{
    /// <summary>Keeps messages in a store of your own; the last call wins.</summary>
    /// <typeparam name="TBuilder">What is built.</typeparam>
    /// <param name="builder">What <c>AddWebhookSender</c> returned, or an inbox's builder.</param>
    /// <param name="factory">Makes the store; called once. The container disposes of it.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static TBuilder UseStore<TBuilder>(this TBuilder builder, Func<IServiceProvider, WebhookStore> factory)
        where TBuilder : IWebhookStoreBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(factory);
        builder.Services.RemoveAll<WebhookStore>();
        builder.Services.AddSingleton(factory);
        return builder;
    }
}
