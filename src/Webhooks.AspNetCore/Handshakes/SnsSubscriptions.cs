using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Confirms subscriptions to Amazon SNS through the network guard, each once: a confirmation that comes again
/// within its time costs no request.</summary>
internal sealed class SnsSubscriptions(GuardedFetcher fetcher, ILogger<WebhookHandshake> logger)
{
    private const int MaximumSize = 64 * 1024;

    private readonly RecentlyUsed<string, bool> _confirmed = new(64);

    /// <summary>Confirms a subscription.</summary>
    /// <returns>Whether it is confirmed; if not, the log says why.</returns>
    public async Task<bool> ConfirmAsync(string source, Uri url, CancellationToken cancellationToken)
    {
        if (_confirmed.TryGet(url.AbsoluteUri, out _))
            return true;

        try
        {
            await fetcher.GetAsync(url, MaximumSize, entityTag: null, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            Log.SubscriptionNotConfirmed(logger, exception, source);
            return false;
        }

        _confirmed.Set(url.AbsoluteUri, true);
        Log.SubscriptionConfirmed(logger, source);
        return true;
    }
}
