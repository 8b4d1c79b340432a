using System.Net;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>
/// Limits callers that fail to prove themselves, so that guessing and flooding cost little. One that proved itself is
/// exempt for a time, whatever else comes from its address. What is remembered is bounded: of failing and of proven
/// callers so many each, and neither makes the other be forgotten.
/// </summary>
internal sealed class FailureLimiter(TimeProvider time, ILogger<WebhookVerifier> logger)
{
    private const int Capacity = 16 * 1024;

    // Noting each success would make every core write where the others read.
    private static readonly TimeSpan NotedFor = TimeSpan.FromSeconds(30);

    private readonly RecentlyUsed<CallerKey, FailureRecord> _failing = new(Capacity);
    private readonly RecentlyUsed<CallerKey, long> _proven = new(Capacity);

    /// <summary>Lets a request pass, or not.</summary>
    /// <param name="source">The source that it is for.</param>
    /// <param name="address">Where it comes from. Without an address nobody can be told from anybody else, and nobody
    /// is limited.</param>
    /// <param name="isPaid">Whether its failure is counted already, should it fail.</param>
    /// <param name="wait">How long until one passes again.</param>
    public bool TryPass(WebhookSource source, IPAddress? address, out bool isPaid, out TimeSpan wait)
    {
        (isPaid, wait) = (false, TimeSpan.Zero);
        if (source.FailureLimit is not { } limit || address is null)
            return true;

        var key = CallerKey.Of(source, address);
        return !_failing.TryGet(key, out var record)
            || IsExempt(key, limit)
            || record.TryPass(out isPaid, out wait);
    }

    /// <summary>Notes that a request proved where it comes from.</summary>
    public void Succeed(WebhookSource source, IPAddress? address)
    {
        if (source.FailureLimit is null || address is null)
            return;

        var key = CallerKey.Of(source, address);
        if (!_proven.TryGet(key, out var at) || time.GetElapsedTime(at) >= NotedFor)
            _proven.Set(key, time.GetTimestamp());
    }

    /// <summary>Notes that a request proved nothing.</summary>
    public void Fail(WebhookSource source, IPAddress? address, bool isPaid)
    {
        if (isPaid || source.FailureLimit is not { } limit || address is null)
            return;

        var key = CallerKey.Of(source, address);
        if (!IsExempt(key, limit) && _failing.GetOrAdd(key, _ => new FailureRecord(time, limit)).Fail())
            Log.CallerLimited(logger, source.Name, address, limit.Interval);
    }

    private bool IsExempt(CallerKey key, FailureLimit limit) =>
        _proven.TryGet(key, out var at) && time.GetElapsedTime(at) < limit.ExemptFor;
}
