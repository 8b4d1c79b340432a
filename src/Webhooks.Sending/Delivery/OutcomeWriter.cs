using System.Threading.Channels;

namespace Webhooks;

/// <summary>
/// Writes outcomes: whatever came together while the last write was under way is the next write, so that writes grow
/// with the load by themselves. An outcome is kept until the store has answered to it.
/// </summary>
internal sealed class OutcomeWriter(DispatchContext context, DispatchBoard board)
{
    private const int MostPerWrite = 500;
    private const string Operation = "complete";

    private readonly Channel<HeldDelivery> _queue =
        Channel.CreateUnbounded<HeldDelivery>(new UnboundedChannelOptions { SingleReader = true });

    private readonly Backoff _backoff = new(context.Random, TimeSpan.FromSeconds(2));
    private readonly List<HeldDelivery> _batch = [];
    private int _perWrite = MostPerWrite;

    /// <summary>Takes a delivery with its outcome. Never blocks: only what is held can come here, which is
    /// bounded.</summary>
    public void Add(HeldDelivery run, DeliveryOutcome outcome)
    {
        run.Outcome = outcome;
        _queue.Writer.TryWrite(run);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await _queue.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (_batch.Count < _perWrite && _queue.Reader.TryRead(out var run))
                _batch.Add(run);
            try
            {
                await WriteAsync(cancellationToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // A store may throw anything, and the loop must outlive it.
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                await RetreatAsync(exception, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var outcomes = new DeliveryOutcome[_batch.Count];
        for (var i = 0; i < outcomes.Length; i++)
            outcomes[i] = UnderItsLease(_batch[i]);

        var startedAt = context.Clock.Now;
        var written = await context.Store.CompleteAsync(outcomes, cancellationToken).ConfigureAwait(false);
        context.Metrics.RecordWrite(outcomes.Length, context.Clock.Between(startedAt, context.Clock.Now));
        if (_backoff.Failures > 0)
            context.Logger.StoreAnswers(Operation, _backoff.Failures);
        _backoff.Reset();
        _perWrite = Math.Min(_perWrite * 2, MostPerWrite);
        Settle(outcomes, written);
        _batch.Clear();
    }

    private void Settle(DeliveryOutcome[] outcomes, IReadOnlyList<bool> written)
    {
        var hasNext = false;
        for (var i = 0; i < outcomes.Length; i++)
        {
            var run = _batch[i];
            if (board.OnAnswered(run, outcomes[i].Lease, written[i]))
                _queue.Writer.TryWrite(run);
            else if (written[i])
                context.Metrics.RecordOutcome(outcomes[i]);
            else if (run.Marked is { } marked)
                context.Metrics.RecordOutcome(marked);
            else
                context.Logger.OutcomeRefused(run.Id, run.Delivery.Message.Id);
            hasNext |= run.Delivery.IsOrdered;
        }

        // What waited behind an ordered delivery may go now, which only a claim can tell.
        if (hasNext)
            context.Signal.Set();
        else
            context.Signal.Wake();
    }

    // Perhaps the store is down; perhaps it can't write one of these. So that one doesn't hold up the others, each
    // failure halves what is written together, and what failed goes behind what came meanwhile.
    private async Task RetreatAsync(Exception exception, CancellationToken cancellationToken)
    {
        _perWrite = Math.Max(_batch.Count / 2, 1);
        foreach (var run in _batch)
            _queue.Writer.TryWrite(run);
        _batch.Clear();
        context.Metrics.RecordStoreError(Operation);
        var delay = _backoff.Next();
        context.Logger.StoreThrew(exception, Operation, _backoff.Failures, delay);
        await Task.Delay(delay, context.TimeProvider, cancellationToken).ConfigureAwait(false);
    }

    private static DeliveryOutcome UnderItsLease(HeldDelivery run)
        => run.Outcome!.Lease == run.Lease ? run.Outcome : run.Outcome with { Lease = run.Lease };
}
