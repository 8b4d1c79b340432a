using Webhooks.Stores;

namespace Webhooks.Tests;

public sealed class SqliteClaimingTests : ClaimingTests<SqliteHarness>;

public sealed class SqliteConcurrencyTests : ConcurrencyTests<SqliteHarness>;

public sealed class SqliteDuplicateTests : DuplicateTests<SqliteHarness>;

public sealed class SqliteEndpointTests : EndpointTests<SqliteHarness>;

public sealed class SqliteHealthTests : HealthTests<SqliteHarness>;

public sealed class SqliteDirectLeaseTests : DirectLeaseTests<SqliteHarness>;

public sealed class SqliteLeaseTests : LeaseTests<SqliteHarness>;

public sealed class SqliteNodeTests : NodeTests<SqliteHarness>;

public sealed class SqliteOrderingTests : OrderingTests<SqliteHarness>;

public sealed class SqliteOutcomeTests : OutcomeTests<SqliteHarness>;

public sealed class SqlitePublishingTests : PublishingTests<SqliteHarness>;

public sealed class SqliteQueryTests : QueryTests<SqliteHarness>;

public sealed class SqliteRedeliveryTests : RedeliveryTests<SqliteHarness>;

public sealed class SqliteRetentionTests : RetentionTests<SqliteHarness>;

public sealed class SqliteSharingTests : SharingTests<SqliteHarness>;

public sealed class SqliteStatisticsTests : StatisticsTests<SqliteHarness>;

public sealed class SqliteJoinedOutcomeTests : JoinedOutcomeTests<SqliteHarness>;

public sealed class SqliteTransactionTests : TransactionTests<SqliteHarness>;
