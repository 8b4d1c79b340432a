using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>Adds what publishes messages.</summary>
internal static class PublishingRegistration
{
    private const string Category = "Webhooks.Publishing";

    public static void Add(IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<WebhookDeliveryOptions, WebhookDeliveryOptionsValidator>();
        services.TryAddSingleton(static provider => new PublishPlanner(
            provider.GetRequiredService<IOptions<WebhookDeliveryOptions>>().Value,
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<PublishMetrics>();
        services.TryAddSingleton(static provider
            => new PublishReporter(provider.GetRequiredService<PublishMetrics>(), Logger(provider)));
        services.TryAddSingleton(static provider => new WorkNotifier(
            provider.GetRequiredService<WebhookStore>(),
            provider.GetRequiredService<DispatchSignal>(),
            provider.GetRequiredService<TimeProvider>(),
            Logger(provider)));
        services.TryAddSingleton<PublishRoute>();
        services.TryAddSingleton<TransactionPublisher>();
        services.TryAddSingleton(CreateQueue);
        services.TryAddSingleton(CreatePublisher);
        services.TryAddSingleton<IWebhookPublisher>(static provider => provider.GetRequiredService<WebhookPublisher>());
    }

    private static WebhookPublisher CreatePublisher(IServiceProvider provider)
    {
        provider.GetRequiredService<StoreDurability>().Warn();
        return ActivatorUtilities.CreateInstance<WebhookPublisher>(provider);
    }

    private static PublishQueue CreateQueue(IServiceProvider provider)
    {
        var timeProvider = provider.GetRequiredService<TimeProvider>();
        var batches = new BatchWriter(
            provider.GetRequiredService<PublishRoute>(),
            provider.GetRequiredService<EndpointDirectory>(),
            provider.GetRequiredService<PublishPlanner>(),
            provider.GetRequiredService<PublishReporter>(),
            provider.GetRequiredService<WorkNotifier>(),
            timeProvider,
            Logger(provider));
        var writer = new PublishWriter(batches, new KeyWaiter(batches, timeProvider, Logger(provider)));
        return new PublishQueue(writer, provider.GetRequiredService<WebhookStore>().PublishConcurrency);
    }

    private static ILogger Logger(IServiceProvider provider)
        => provider.GetRequiredService<ILoggerFactory>().CreateLogger(Category);
}
