using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Webhooks;

/// <summary>Adds what remembers webhooks: the process's memory, until somebody names another store.</summary>
internal static class DuplicateRegistration
{
    public static void Add(IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<WebhookDuplicateOptions, WebhookDuplicateOptionsValidator>();
        services.TryAddSingleton<WebhookDuplicateStore>(static provider => MemoryDuplicateStore.Create(provider));
    }
}
