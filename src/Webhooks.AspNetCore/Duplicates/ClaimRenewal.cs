using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Renews a claim while the application handles its webhook.</summary>
internal sealed class ClaimRenewal : IAsyncDisposable
{
    // Two renewals may fail before the claim runs out.
    private const int RenewalsPerHold = 3;

    private readonly WebhookDuplicateStore _store;
    private readonly WebhookDuplicateOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _loop;

    private ClaimRenewal(
        WebhookDuplicateStore store, WebhookDuplicateOptions options, TimeProvider time, ILogger logger,
        VerifiedWebhook webhook, long token)
    {
        (_store, _options, _time, _logger) = (store, options, time, logger);
        _loop = RunAsync(webhook.Source, webhook.DuplicateKey, token);
    }

    public static ClaimRenewal Start(
        WebhookDuplicateStore store, WebhookDuplicateOptions options, TimeProvider time, ILogger logger,
        VerifiedWebhook webhook, long token) => new(store, options, time, logger, webhook, token);

    /// <summary>Ends renewing. Afterwards nothing of it is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _ending.Dispose();
    }

    private async Task RunAsync(string source, string key, long token)
    {
        try
        {
            using var timer = new PeriodicTimer(_options.HoldFor / RenewalsPerHold, _time);
            while (await timer.WaitForNextTickAsync(_ending.Token).ConfigureAwait(false))
            {
                // A claim that somebody else has taken over is noticed again, and told of, when it is completed.
                if (!await TryRenewAsync(source, key, token).ConfigureAwait(false))
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            // The application is done with the webhook.
        }
    }

    private async ValueTask<bool> TryRenewAsync(string source, string key, long token)
    {
        try
        {
            return await _store.RenewAsync(key, token, _options.HoldFor, _ending.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A store may throw anything; the next time it may work again.
        catch (Exception exception) when (!_ending.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.DuplicateNotRenewed(_logger, exception, source);
            return true;
        }
    }
}
