using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Adds what people see of deliveries and do with them.</summary>
internal static class DeliveriesRegistration
{
    private const string Category = "Webhooks.Deliveries";

    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton<DeliveriesMetrics>();
        services.TryAddSingleton<EndpointNames>();
        services.TryAddSingleton<IWebhookDeliveries>(static provider => new WebhookDeliveries(
            provider.GetRequiredService<WebhookStore>(),
            provider.GetRequiredService<EndpointNames>(),
            provider.GetRequiredService<WorkNotifier>(),
            provider.GetRequiredService<DeliveriesMetrics>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger(Category)));
    }
}
