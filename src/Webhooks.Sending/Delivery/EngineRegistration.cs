using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>
/// Adds what keeps messages and has them delivered, by whatever <see cref="IDeliveryHandler"/> there is: the store, the
/// publisher, the dispatcher, queries and retention. It knows no HTTP.
/// </summary>
internal static class EngineRegistration
{
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton(EngineTelemetry.Sending);
        StoreRegistration.Add(services);
        AddEndpoints(services);
        PublishingRegistration.Add(services);
        DeliveriesRegistration.Add(services);
        RetentionRegistration.Add(services);
        BacklogRegistration.Add(services);
        DeliveryRegistration.Add(services);
    }

    private static void AddEndpoints(IServiceCollection services)
    {
        services.TryAddSingleton(static provider => new KnownSchemes(Options(provider).SignatureSchemes));
        services.TryAddSingleton<OAuthAuthorizations>();
        services.TryAddSingleton(static provider => new EndpointSerializer(
            provider.GetRequiredService<KnownSchemes>(),
            provider.GetRequiredService<OAuthAuthorizations>(),
            provider.GetService<WebhookSecretProtector>()));
        services.TryAddSingleton(static provider => new EndpointLoader(
            provider.GetRequiredService<EndpointSerializer>(), Options(provider).PrepareEndpoint));
        services.TryAddSingleton<EndpointDirectory>();
        services.TryAddSingleton<EndpointWriter>();
    }

    private static WebhookSenderOptions Options(IServiceProvider provider)
        => provider.GetRequiredService<IOptions<WebhookSenderOptions>>().Value;
}
