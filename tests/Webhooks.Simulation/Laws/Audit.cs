namespace Webhooks.Simulation;

/// <summary>Compares, at the end, what the store says with what happened.</summary>
internal sealed class Audit(World world)
{
    private const int PageSize = 1000;

    private static readonly TimeSpan Reaction = TimeSpan.FromSeconds(3);

    public async Task CheckAsync()
    {
        var found = 0;
        long? after = null;
        while (true)
        {
            var page = await world.Store.FindDeliveriesAsync(
                new DeliveryFilter { OldestFirst = true, After = after, Limit = PageSize }, CancellationToken.None);
            foreach (var record in page)
                await CheckAsync(record);
            found += page.Count;
            if (page.Count < PageSize)
                break;

            after = page[^1].Id;
        }

        var expected = world.Ledger.Deliveries.Count();
        if (found != expected)
            throw world.Ledger.Break($"{expected} deliveries were stored, but there are {found}.");
        if (world.Scenario.IsCalm)
            CheckGoodEndpoints();
    }

    private async Task CheckAsync(DeliveryRecord record)
    {
        var delivery = world.Ledger.Messages[record.MessageId].Deliveries[record.EndpointNumber];
        world.Trace.Note(delivery, "audited as", record.State, record.Failure);
        Require(record.State == delivery.State, delivery, $"ended as {delivery.State}, but the store says {record.State}");
        Require(record.State != DeliveryState.Pending, delivery, "never ended");
        Require(
            record.State != DeliveryState.Succeeded || delivery.Accepted > 0,
            delivery, "is said to have succeeded, but was never accepted");
        Require(
            (record.State == DeliveryState.Failed) == (record.Failure != DeliveryFailure.None),
            delivery, $"ended as {record.State} for the reason {record.Failure}");
        Require(
            !world.Scenario.IsCalm || delivery.Accepted < 2 || delivery.IsRedelivered,
            delivery, "was accepted more than once, although nothing failed");
        var attempts = await world.Store.FindAttemptsAsync(record.Id, CancellationToken.None);
        Require(
            attempts.Select(attempt => attempt.Number).SequenceEqual(Enumerable.Range(1, record.Attempts)),
            delivery, $"has the attempts {string.Join(", ", attempts.Select(attempt => attempt.Number))}");
        Count(record);
    }

    private void Count(DeliveryRecord record)
    {
        var totals = world.Totals;
        totals.Succeeded += record.State == DeliveryState.Succeeded ? 1 : 0;
        totals.Failed += record.State == DeliveryState.Failed ? 1 : 0;
        totals.Cancelled += record.State == DeliveryState.Cancelled ? 1 : 0;
    }

    // Law 3. What waits for its order, its time or a second attempt isn't held up by others.
    private void CheckGoodEndpoints()
    {
        var bound = world.Scenario.Delivery.PollInterval + Reaction;
        foreach (var delivery in world.Ledger.Deliveries)
        {
            var receiver = world.Ledger.Endpoints.ReceiverOf(delivery.EndpointNumber);
            if (!receiver.IsAlwaysGood || delivery.IsRedelivered || delivery.AcceptedAt is not { } acceptedAt
                || delivery.Message.Record.OrderingKey is not null || delivery.Message.IsDelayed)
                continue;

            var waited = acceptedAt - delivery.Message.StoredAt;
            if (waited > world.Totals.SlowestWithGoodEndpoint)
                world.Totals.SlowestWithGoodEndpoint = waited;
            Require(waited <= bound, delivery, $"took {waited} to reach a good endpoint beside bad ones");
        }
    }

    private void Require(bool condition, TrackedDelivery delivery, string complaint)
    {
        if (condition)
            return;

        world.Trace.Note(delivery, complaint);
        throw world.Ledger.Break($"{delivery} {complaint}.");
    }
}
