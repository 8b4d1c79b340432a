using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Webhooks;

/// <summary>Adds the store that there is unless another is named, and has it made ready.</summary>
internal static class StoreRegistration
{
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton<WebhookStore>(static provider
            => new MemoryStore(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<StoreDurability>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StoreStartup>());
    }
}
