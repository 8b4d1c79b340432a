using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>Adds what forgets.</summary>
internal static class RetentionRegistration
{
    private const string Category = "Webhooks.Retention";

    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton<RetentionMetrics>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RetentionWorker>(
            static provider => new RetentionWorker(
                provider.GetRequiredService<WebhookStore>(),
                provider.GetRequiredService<IOptions<WebhookDeliveryOptions>>().Value,
                provider.GetRequiredService<RetentionMetrics>(),
                provider.GetService<Random>() ?? Random.Shared,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILoggerFactory>().CreateLogger(Category))));
    }
}
