using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Finds out at the start whether secrets are protected, and whether what is to protect them is
/// there.</summary>
internal sealed class ProtectionStartup(
    WebhookStore store, IServiceProvider services, ILogger logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<WebhookSecretProtector>() is null && store.IsDurable)
            logger.SecretsAreUnprotected(store.Name);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
