using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>Adds what looks after endpoints. To be added before the dispatcher: hosts stop services in reverse order,
/// and these hear the dispatcher's last attempts.</summary>
internal static class HealthRegistration
{
    private const string Category = "Webhooks.Health";

    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton<HealthMetrics>();
        services.TryAddSingleton(CreateNotifier);
        services.TryAddSingleton(CreateHealth);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EndpointNotifier>(
            static provider => provider.GetRequiredService<EndpointNotifier>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EndpointHealth>(
            static provider => provider.GetRequiredService<EndpointHealth>()));
    }

    private static EndpointNotifier CreateNotifier(IServiceProvider provider) => new(
        provider,
        provider.GetRequiredService<HealthMetrics>(),
        provider.GetRequiredService<TimeProvider>(),
        Logger(provider));

    private static EndpointHealth CreateHealth(IServiceProvider provider)
    {
        var store = provider.GetRequiredService<WebhookStore>();
        var notifier = provider.GetRequiredService<EndpointNotifier>();
        var timeProvider = provider.GetRequiredService<TimeProvider>();
        var options = provider.GetRequiredService<IOptions<WebhookDeliveryOptions>>().Value;
        var logger = Logger(provider);
        var directory = provider.GetRequiredService<EndpointDirectory>();
        var nodes = provider.GetRequiredService<WorkNotifier>();
        var disabler = new EndpointDisabler(store, directory, notifier, nodes, timeProvider, logger);
        var writer = new HealthWriter(store, disabler, notifier, options.DisableAfter, timeProvider, logger);
        return new EndpointHealth(writer, timeProvider, logger);
    }

    private static ILogger Logger(IServiceProvider provider)
        => provider.GetRequiredService<ILoggerFactory>().CreateLogger(Category);
}
