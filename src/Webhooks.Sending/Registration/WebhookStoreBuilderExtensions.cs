using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Webhooks;

/// <summary>Names the store that messages are kept in.</summary>
public static class WebhookStoreBuilderExtensions
{
    /// <summary>Keeps messages in a store of your own; the last call wins.</summary>
    /// <param name="builder">What <c>AddWebhookSender</c> returned.</param>
    /// <param name="factory">Makes the store; called once. The container disposes of it.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static WebhookSenderBuilder UseStore(
        this WebhookSenderBuilder builder, Func<IServiceProvider, WebhookStore> factory)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(factory);
        builder.Services.RemoveAll<WebhookStore>();
        builder.Services.AddSingleton(factory);
        return builder;
    }
}
