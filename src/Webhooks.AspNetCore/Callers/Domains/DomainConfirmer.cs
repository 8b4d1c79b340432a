using System.Net;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>
/// Asks DNS whether addresses belong to domains, and remembers what it said. Strangers' addresses may be asked for only
/// so often; those that were confirmed aren't held up by that.
/// </summary>
internal sealed class DomainConfirmer(
    DomainLookup lookup, TimeProvider time, ILogger<AddressNameResolver> logger)
{
    // A confirmed address in use is asked for again in the background, and believed for an hour if DNS fails.
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan UsableFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan DeniedFor = TimeSpan.FromMinutes(5);

    private readonly RecentlyUsed<Question, long> _confirmed = new(4096);
    private readonly RecentlyUsed<Question, long> _denied = new(4096);
    private readonly RecentlyUsed<Question, long> _failed = new(1024);
    private readonly SharedWork<Question, DomainAnswer> _lookups = new(mostAtOnce: 16);
    private readonly RateBudget _budget = new(time, burst: 100, TimeSpan.FromMilliseconds(100));

    /// <summary>How long it is until a question that DNS didn't answer is asked again.</summary>
    public static TimeSpan FailedFor { get; } = TimeSpan.FromSeconds(10);

    public ValueTask<DomainAnswer> AskAsync(
        AllowedDomains domains, IPAddress address, CancellationToken cancellationToken)
    {
        var question = new Question(domains, AddressList.Plain(address));
        var known = Known(question, UsableFor);
        if (known == DomainAnswer.Unknown)
            return AwaitAsync(question, cancellationToken);

        if (known == DomainAnswer.Confirmed && !IsWithin(_confirmed, question, FreshFor))
            _lookups.Join(question, FindFresh, MayAsk, AnswerAsync);
        return new(known);
    }

    private DomainAnswer Known(Question question, TimeSpan confirmedFor) =>
        IsWithin(_confirmed, question, confirmedFor) ? DomainAnswer.Confirmed
        : IsWithin(_denied, question, DeniedFor) ? DomainAnswer.Denied
        : DomainAnswer.Unknown;

    private async ValueTask<DomainAnswer> AwaitAsync(Question question, CancellationToken cancellationToken) =>
        _lookups.Join(question, FindFresh, MayAsk, AnswerAsync) is { } answer
            ? await answer.WaitAsync(cancellationToken).ConfigureAwait(false)
            : DomainAnswer.Unknown;

    private Task<DomainAnswer>? FindFresh(Question question) =>
        Known(question, FreshFor) is var known and not DomainAnswer.Unknown ? Task.FromResult(known) : null;

    private bool MayAsk(Question question)
    {
        if (IsWithin(_failed, question, FailedFor))
            return false;
        if (_confirmed.TryGet(question, out _))
            return true;
        if (_budget.IsSpent)
        {
            Log.DomainLookupsExhausted(logger, question.Address);
            return false;
        }

        _budget.Spend();
        return true;
    }

    private async Task<DomainAnswer> AnswerAsync(Question question)
    {
        var (answer, fault) = await lookup.AskAsync(question.Domains, question.Address).ConfigureAwait(false);
        var now = time.GetTimestamp();
        switch (answer)
        {
            case DomainAnswer.Confirmed:
                _confirmed.Set(question, now);
                break;
            case DomainAnswer.Denied:
                _denied.Set(question, now);
                _confirmed.Remove(question);
                break;
            default:
                _failed.Set(question, now);
                Log.DomainLookupFailed(logger, fault, question.Address);
                break;
        }

        return answer;
    }

    private bool IsWithin(RecentlyUsed<Question, long> memory, Question question, TimeSpan age) =>
        memory.TryGet(question, out var at) && time.GetElapsedTime(at) < age;

    private readonly record struct Question(AllowedDomains Domains, IPAddress Address);
}
