using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Adds what keeps endpoints and their secrets.</summary>
internal static class EndpointRegistration
{
    private const string Category = "Webhooks.Endpoints";

    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton<EndpointJudge>();
        services.TryAddSingleton<IWebhookEndpoints>(static provider => new WebhookEndpoints(
            provider.GetRequiredService<EndpointWriter>(),
            provider.GetRequiredService<EndpointDirectory>(),
            provider.GetRequiredService<EndpointSerializer>(),
            provider.GetRequiredService<EndpointJudge>(),
            provider.GetRequiredService<WebhookPublisher>(),
            provider.GetRequiredService<EndpointNotifier>(),
            provider.GetRequiredService<TimeProvider>(),
            Logger(provider)));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ProtectionStartup>(
            static provider => new ProtectionStartup(
                provider.GetRequiredService<WebhookStore>(), provider, Logger(provider))));
    }

    private static ILogger Logger(IServiceProvider provider)
        => provider.GetRequiredService<ILoggerFactory>().CreateLogger(Category);
}
