using Microsoft.Extensions.DependencyInjection;

namespace Webhooks;

/// <summary>Makes webhooks of what happens to endpoints.</summary>
public static class WebhookOperationalBuilderExtensions
{
    /// <summary>
    /// Publishes what happens to endpoints as messages of a tenant: <c>webhooks.endpoint.failing</c>,
    /// <c>webhooks.endpoint.recovered</c>, <c>webhooks.endpoint.disabled</c> and <c>webhooks.endpoint.enabled</c>, in
    /// the Standard Webhooks envelope, with the endpoint's id and tenant, the reason and the times. Endpoints of the
    /// tenant that subscribe to them get them.
    /// </summary>
    /// <param name="builder">What <c>AddWebhookSender</c> returned.</param>
    /// <param name="tenant">The tenant, up to 128 visible ASCII characters; best one that has no other endpoints.
    /// Nothing is published about its own.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The tenant is too long or has other characters.</exception>
    public static WebhookSenderBuilder PublishOperationalEvents(this WebhookSenderBuilder builder, string tenant)
    {
        ArgumentNullException.ThrowIfNull(builder);
        KeyText.CheckTenant(tenant);
        builder.Services.AddSingleton<IWebhookEndpointObserver>(provider => new OperationalEvents(
            tenant,
            provider.GetRequiredService<IWebhookPublisher>(),
            provider.GetRequiredService<TimeProvider>()));
        return builder;
    }
}
