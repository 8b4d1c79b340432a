using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>
/// Makes the store ready before anything of the application starts, so that whoever publishes or delivers finds it so.
/// A database that is only just starting is waited for; one that can't be used at all keeps the application from
/// starting, for it would take messages that it can't keep.
/// </summary>
internal sealed class StoreStartup(
    WebhookStore store, StoreDurability durability, TimeProvider timeProvider, ILogger<WebhookStore> logger)
    : IHostedLifecycleService
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8),
        TimeSpan.FromSeconds(15),
    ];

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        durability.Tell();
        for (var attempt = 1; !await TryInitializeAsync(attempt, cancellationToken).ConfigureAwait(false); attempt++)
            await Task.Delay(Pauses[attempt - 1], timeProvider, cancellationToken).ConfigureAwait(false);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<bool> TryInitializeAsync(int attempt, CancellationToken cancellationToken)
    {
        try
        {
            await store.InitializeAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (IsTransient(exception) && attempt <= Pauses.Length)
        {
            logger.StoreIsNotReady(exception, store.Name, attempt, Pauses[attempt - 1]);
            return false;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new InvalidOperationException(
                $"The {store.Name} store for webhooks can't be made ready: {exception.Message}", exception);
        }
    }

    private static bool IsTransient(Exception exception)
        => exception is DbException { IsTransient: true } or TimeoutException or IOException;
}
