using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>
/// Fetches certificates and keys through the network guard, and keeps them. Whoever sends a request chooses the URL
/// within what the scheme trusts, so what is new may be fetched only so often; what was had before isn't held up by
/// that.
/// </summary>
internal sealed class FetchedKeys : SignatureKeySource
{
    private const int MaximumSize = 64 * 1024;

    // A key in use is fetched again in the background each ten minutes, and used for a day if that fails.
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan UsableFor = TimeSpan.FromDays(1);
    private static readonly TimeSpan RefusedFor = TimeSpan.FromMinutes(1);

    private readonly GuardedFetcher _fetcher;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly RecentlyUsed<Uri, Kept> _keys = new(32);
    private readonly RecentlyUsed<Uri, long> _failures = new(256);
    private readonly SharedWork<Uri, ReadOnlyMemory<byte>> _fetches = new(mostAtOnce: 8);
    private readonly RateBudget _budget;

    public FetchedKeys(GuardedFetcher fetcher, TimeProvider time, ILogger<SignatureKeySource> logger)
    {
        (_fetcher, _time, _logger) = (fetcher, time, logger);
        _budget = new RateBudget(time, burst: 20, TimeSpan.FromSeconds(3));
    }

    public override ValueTask<ReadOnlyMemory<byte>> GetAsync(Uri url, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (Find(url, UsableFor) is not { } kept)
            return AwaitAsync(url, cancellationToken);

        if (_time.GetElapsedTime(kept.At) >= FreshFor)
            _fetches.Join(url, FindFresh, MayFetch, FetchAsync);
        return new(kept.Bytes);
    }

    private Kept? Find(Uri url, TimeSpan age) =>
        _keys.TryGet(url, out var kept) && _time.GetElapsedTime(kept.At) < age ? kept : null;

    private async ValueTask<ReadOnlyMemory<byte>> AwaitAsync(Uri url, CancellationToken cancellationToken)
    {
        var fetch = _fetches.Join(url, FindFresh, MayFetch, FetchAsync) ?? throw new HttpRequestException(
            "The key could not be fetched a moment ago, or too many others are being fetched.");
        return await fetch.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private Task<ReadOnlyMemory<byte>>? FindFresh(Uri url) =>
        Find(url, FreshFor) is { } kept ? Task.FromResult(kept.Bytes) : null;

    private bool MayFetch(Uri url)
    {
        if (_failures.TryGet(url, out var failed) && _time.GetElapsedTime(failed) < RefusedFor)
            return false;
        if (_keys.TryGet(url, out _))
            return true;
        if (_budget.IsSpent)
        {
            Log.KeyFetchesExhausted(_logger, url.Host);
            return false;
        }

        _budget.Spend();
        return true;
    }

    private async Task<ReadOnlyMemory<byte>> FetchAsync(Uri url)
    {
        try
        {
            var content = await _fetcher.GetAsync(url, MaximumSize, entityTag: null, CancellationToken.None)
                .ConfigureAwait(false);
            _keys.Set(url, new Kept(content.Body, _time.GetTimestamp()));
            Log.KeyFetched(_logger, url.Host, content.Body.Length);
            return content.Body;
        }
        catch (Exception exception)
        {
            _failures.Set(url, _time.GetTimestamp());
            Log.KeyUnavailable(_logger, exception, url.Host);
            throw;
        }
    }

    private sealed record Kept(ReadOnlyMemory<byte> Bytes, long At);
}
