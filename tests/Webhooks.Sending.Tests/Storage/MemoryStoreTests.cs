using Webhooks.Stores;

namespace Webhooks.Tests;

/// <summary>The memory store keeps what any store promises.</summary>
public static class MemoryStoreTests
{
    public sealed class Publishing : PublishingTests<MemoryHarness>;

    public sealed class Duplicates : DuplicateTests<MemoryHarness>;

    public sealed class Claiming : ClaimingTests<MemoryHarness>;

    public sealed class Sharing : SharingTests<MemoryHarness>;

    public sealed class Ordering : OrderingTests<MemoryHarness>;

    public sealed class DirectLeases : DirectLeaseTests<MemoryHarness>;

    public sealed class Leases : LeaseTests<MemoryHarness>;

    public sealed class Outcomes : OutcomeTests<MemoryHarness>;

    public sealed class Endpoints : EndpointTests<MemoryHarness>;

    public sealed class Health : HealthTests<MemoryHarness>;

    public sealed class Queries : QueryTests<MemoryHarness>;

    public sealed class Redelivery : RedeliveryTests<MemoryHarness>;

    public sealed class Retention : RetentionTests<MemoryHarness>;

    public sealed class Statistics : StatisticsTests<MemoryHarness>;

    public sealed class Concurrency : ConcurrencyTests<MemoryHarness>;
}
