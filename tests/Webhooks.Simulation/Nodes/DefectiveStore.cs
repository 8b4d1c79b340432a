namespace Webhooks.Simulation;

/// <summary>Does, for a defect, what a correct store never does.</summary>
internal sealed class DefectiveStore(WebhookStore store, Defect defect, SimulatedTime time)
{
    private int _calls;

    private bool IsDawdling => defect == Defect.Dawdles && time.Now.Minutes % 5 == 4;

    public async Task<PublishOutcome> PublishAsync(PublishBatch batch)
    {
        if (IsDawdling)
            batch = batch with { Lease = null };
        var outcome = await store.PublishAsync(batch, CancellationToken.None);
        if (defect == Defect.LosesDeliveries && Now())
        {
            var lost = await store.FindDeliveriesAsync(new DeliveryFilter { Limit = 1 }, CancellationToken.None);
            await store.CancelAsync([.. lost.Select(delivery => delivery.Id)], CancellationToken.None);
        }

        if (defect == Defect.ForgetsDirectLeases && Now())
        {
            LeaseKey[] keys = [.. outcome.Leased.Select(delivery => new LeaseKey(delivery.Id, batch.Lease!.Lease))];
            await store.ReleaseAsync(keys, CancellationToken.None);
        }

        return outcome;
    }

    public async Task<ClaimResult> ClaimAsync(ClaimRequest request)
    {
        if (IsDawdling)
            request = request with { DefaultEndpointLimit = 0 };
        var result = await store.ClaimAsync(request, CancellationToken.None);
        if (defect == Defect.ForgetsLeases && Now())
        {
            LeaseKey[] keys = [.. result.Deliveries.Select(delivery => new LeaseKey(delivery.Id, request.Lease))];
            await store.ReleaseAsync(keys, CancellationToken.None);
        }

        return result;
    }

    public Task<IReadOnlyList<bool>> CompleteAsync(IReadOnlyList<DeliveryOutcome> outcomes)
        => store.CompleteAsync([.. outcomes.Select(Distort)], CancellationToken.None);

    private DeliveryOutcome Distort(DeliveryOutcome outcome) => defect switch
    {
        Defect.ForgetsOrder => outcome with { LeavesOrder = true },
        Defect.Lies when outcome.State == DeliveryState.Pending && Now() => outcome with
        {
            State = DeliveryState.Succeeded,
        },
        _ => outcome,
    };

    private bool Now() => ++_calls % 20 == 0;
}
