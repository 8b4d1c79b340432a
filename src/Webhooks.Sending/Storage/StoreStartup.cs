using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Makes the store ready before anything of the application starts, so that whoever publishes or delivers finds
/// it so: an application without it would take messages that it can't keep.</summary>
internal sealed class StoreStartup(
    WebhookStore store, StoreDurability durability, TimeProvider timeProvider, ILogger<WebhookStore> logger)
    : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        durability.Tell();
        return StoreReadiness.EnsureAsync(
            store.Name, store.InitializeAsync, timeProvider, logger, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
