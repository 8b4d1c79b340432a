using Microsoft.Extensions.DependencyInjection;

namespace Webhooks;

/// <summary>Says how stored messages are delivered.</summary>
public static class WebhookDeliveryBuilderExtensions
{
    /// <summary>Changes options of delivery, after those from the configuration's section <c>Delivery</c>.</summary>
    /// <param name="builder">What <c>AddWebhookSender</c> returned.</param>
    /// <param name="configure">Changes the options. They are checked when the application starts.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static WebhookSenderBuilder ConfigureDelivery(
        this WebhookSenderBuilder builder, Action<WebhookDeliveryOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure(configure);
        return builder;
    }
}
