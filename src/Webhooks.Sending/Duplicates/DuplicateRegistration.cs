using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>Adds what remembers webhooks: the process's memory, until somebody names another store.</summary>
internal static class DuplicateRegistration
{
    public static void Add(IServiceCollection services)
    {
        services.AddOptions<WebhookDuplicateOptions>().ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<WebhookDuplicateOptions>, WebhookDuplicateOptionsValidator>());
        services.TryAddSingleton<WebhookDuplicateStore>(static provider => MemoryDuplicateStore.Create(provider));
    }
}
