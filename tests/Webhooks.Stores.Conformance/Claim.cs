namespace Webhooks.Stores;

/// <summary>A claim with what it is known by.</summary>
public sealed record Claim(long Lease, ClaimResult Result)
{
    public IReadOnlyList<LeasedDelivery> Deliveries => Result.Deliveries;

    public IEnumerable<long> Ids => Deliveries.Select(delivery => delivery.Id);

    public IReadOnlyList<LeaseKey> Keys => [.. Ids.Select(id => new LeaseKey(id, Lease))];

    public LeasedDelivery Only => Assert.Single(Deliveries);

    public DeliveryOutcome Succeed(LeasedDelivery delivery) => Complete(delivery, DeliveryState.Succeeded) with
    {
        Attempt = Some.Attempt(delivery.Attempts + 1) with { Error = WebhookErrorKind.None, StatusCode = 204 },
    };

    public DeliveryOutcome Fail(LeasedDelivery delivery) => Complete(delivery, DeliveryState.Failed) with
    {
        Failure = DeliveryFailure.RetriesExhausted,
        Attempt = Some.Attempt(delivery.Attempts + 1),
    };

    public DeliveryOutcome Retry(LeasedDelivery delivery, TimeSpan delay) => Complete(delivery, DeliveryState.Pending) with
    {
        RetryDelay = delay,
        Attempt = Some.Attempt(delivery.Attempts + 1),
    };

    public DeliveryOutcome Complete(LeasedDelivery delivery, DeliveryState state)
        => new() { Id = delivery.Id, Lease = Lease, State = state };
}
