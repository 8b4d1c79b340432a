namespace Webhooks;

/// <summary>
/// Leases deliveries with their publication where this node would attempt them at once, so that the claim that would
/// bring them needn't be made. Nothing begins before the store has said that they are stored: what it doesn't say so
/// of (it threw, the process was lost) is left to whoever claims it when the lease, if there is one, has run out.
/// </summary>
internal sealed class DirectLeases(
    DispatchContext context, DispatchBoard board, DeliveryWorkers workers, OutcomePlanner planner, OutcomeWriter writer)
{
    /// <summary>Stores a batch, and takes of it what can begin.</summary>
    /// <param name="batch">What to store.</param>
    /// <param name="endpoints">The endpoints at the batch's revision.</param>
    public async ValueTask<PublishOutcome> PublishAsync(PublishBatch batch, EndpointSnapshot endpoints)
    {
        Prepare(batch.Messages, endpoints);
        var clock = context.Clock;

        // Counted from before the call, so that the lease holds at least as long as this node believes.
        var endsAt = clock.After(clock.Now, context.Options.LeaseDuration);
        var reservation = new DirectReservation(LeaseNumber.New(), endsAt);
        var choices = board.Reserve(batch.Messages, reservation);
        try
        {
            var outcome = await context.Store.PublishAsync(
                reservation.Lanes.Count > 0 ? Direct(batch, choices, reservation.Lease) : batch, CancellationToken.None)
                .ConfigureAwait(false);
            if (outcome.Leased.Count > 0)
                Take(reservation, outcome.Leased);
            return outcome;
        }
        finally
        {
            if (reservation.Lanes.Count > 0)
                board.GiveUp(reservation);
        }
    }

    private void Take(DirectReservation reservation, IReadOnlyList<LeasedDelivery> leased)
    {
        context.Metrics.RecordDirect(leased.Count);
        foreach (var run in board.Take(reservation, leased))
            writer.Add(run, planner.Expire(run, run.Lane.Entry?.Record.Id ?? ""));
        workers.StartMore();
    }

    private PublishBatch Direct(PublishBatch batch, DirectChoice?[] choices, long lease)
    {
        var messages = new NewMessage[choices.Length];
        for (var i = 0; i < messages.Length; i++)
        {
            var message = batch.Messages[i];
            messages[i] = choices[i] is not { } choice ? message : message with
            {
                // The payload is the publisher's, who may do with it as it likes once it is stored.
                Message = message.Message with { Payload = message.Message.Payload.ToArray() },
                Endpoints = choice.Endpoints,
                DirectCount = choice.Count,
            };
        }

        return batch with { Messages = messages, Lease = new DirectLease(lease, context.Options.LeaseDuration) };
    }

    // Better here than under the board's lock.
    private static void Prepare(IReadOnlyList<NewMessage> messages, EndpointSnapshot endpoints)
    {
        foreach (var message in messages)
        {
            foreach (var number in message.Endpoints)
            {
                if (endpoints.TryFind(number, out var entry))
                    entry.Prepare();
            }
        }
    }
}
