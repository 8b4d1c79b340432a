namespace Webhooks;

/// <summary>
/// Does something with all that a filter finds, batch by batch, the oldest first. Ends with what was there when it
/// began, so that what fails or is published meanwhile doesn't keep it going for ever.
/// </summary>
internal sealed class DeliveryRounds(WebhookStore store)
{
    private const int BatchSize = 500;

    public async Task<long> ForAllAsync(
        DeliveryFilter filter, Func<IReadOnlyList<long>, Task<int>> act, CancellationToken cancellationToken)
    {
        var newest = await store.FindDeliveriesAsync(filter with { Limit = 1 }, cancellationToken)
            .ConfigureAwait(false);
        return newest.Count == 0
            ? 0
            : await ForAllAsync(
                newest[0].Id,
                async after => await store.FindDeliveriesAsync(
                    filter with { OldestFirst = true, After = after, Limit = BatchSize }, cancellationToken)
                    .ConfigureAwait(false),
                static delivery => delivery.Id,
                static _ => true,
                act).ConfigureAwait(false);
    }

    public async Task<long> ForAllAsync(
        MessageFilter filter, Func<MessageRecord, bool> isWanted, Func<IReadOnlyList<long>, Task<int>> act,
        CancellationToken cancellationToken)
    {
        var newest = await store.FindMessagesAsync(filter with { Limit = 1 }, cancellationToken).ConfigureAwait(false);
        return newest.Count == 0
            ? 0
            : await ForAllAsync(
                newest[0].Number,
                async after => await store.FindMessagesAsync(
                    filter with { OldestFirst = true, After = after, Limit = BatchSize }, cancellationToken)
                    .ConfigureAwait(false),
                static message => message.Number,
                isWanted,
                act).ConfigureAwait(false);
    }

    private static async Task<long> ForAllAsync<T>(
        long last, Func<long?, Task<IReadOnlyList<T>>> read, Func<T, long> numberOf, Func<T, bool> isWanted,
        Func<IReadOnlyList<long>, Task<int>> act)
    {
        var count = 0L;
        long? after = null;
        while (after is null || after < last)
        {
            var found = await read(after).ConfigureAwait(false);
            if (found.Count == 0)
                break;

            long[] numbers = [.. found.Where(isWanted).Select(numberOf).Where(number => number <= last)];
            if (numbers.Length > 0)
                count += await act(numbers).ConfigureAwait(false);
            after = numberOf(found[^1]);
        }

        return count;
    }
}
