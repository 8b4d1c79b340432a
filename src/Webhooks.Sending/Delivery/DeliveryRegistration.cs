using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>Adds what delivers stored messages.</summary>
internal static class DeliveryRegistration
{
    private const string Category = "Webhooks.Delivery";

    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton<DispatchSignal>();
        services.TryAddSingleton<DispatcherMetrics>();
        services.TryAddSingleton(static provider => new Dispatcher(CreateContext(provider)));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, Dispatcher>(
            static provider => provider.GetRequiredService<Dispatcher>()));
    }

    private static DispatchContext CreateContext(IServiceProvider provider)
    {
        var sender = provider.GetRequiredService<IOptions<WebhookSenderOptions>>().Value;
        return new DispatchContext
        {
            Store = provider.GetRequiredService<WebhookStore>(),
            Directory = provider.GetRequiredService<EndpointDirectory>(),
            Handler = provider.GetRequiredService<IDeliveryHandler>(),
            Options = provider.GetRequiredService<IOptions<WebhookDeliveryOptions>>().Value,
            UsualPolicy = sender.RetryPolicy ?? sender.Retry.ToPolicy(),
            Signal = provider.GetRequiredService<DispatchSignal>(),
            Publications = provider.GetRequiredService<PublishRoute>(),
            Metrics = provider.GetRequiredService<DispatcherMetrics>(),
            Random = provider.GetService<Random>() ?? Random.Shared,
            TimeProvider = provider.GetRequiredService<TimeProvider>(),
            Logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger(Category),
        };
    }
}
