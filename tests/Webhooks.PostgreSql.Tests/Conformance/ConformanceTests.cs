using Webhooks.Stores;

namespace Webhooks.Conformance;

public sealed class PostgreSqlPublishingTests : PublishingTests<PostgreSqlHarness>;

public sealed class PostgreSqlDuplicateTests : DuplicateTests<PostgreSqlHarness>;

public sealed class PostgreSqlClaimingTests : ClaimingTests<PostgreSqlHarness>;

public sealed class PostgreSqlSharingTests : SharingTests<PostgreSqlHarness>;

public sealed class PostgreSqlOrderingTests : OrderingTests<PostgreSqlHarness>;

public sealed class PostgreSqlDirectLeaseTests : DirectLeaseTests<PostgreSqlHarness>;

public sealed class PostgreSqlLeaseTests : LeaseTests<PostgreSqlHarness>;

public sealed class PostgreSqlOutcomeTests : OutcomeTests<PostgreSqlHarness>;

public sealed class PostgreSqlEndpointTests : EndpointTests<PostgreSqlHarness>;

public sealed class PostgreSqlHealthTests : HealthTests<PostgreSqlHarness>;

public sealed class PostgreSqlQueryTests : QueryTests<PostgreSqlHarness>;

public sealed class PostgreSqlRedeliveryTests : RedeliveryTests<PostgreSqlHarness>;

public sealed class PostgreSqlRetentionTests : RetentionTests<PostgreSqlHarness>;

public sealed class PostgreSqlStatisticsTests : StatisticsTests<PostgreSqlHarness>;

public sealed class PostgreSqlConcurrencyTests : ConcurrencyTests<PostgreSqlHarness>;

public sealed class PostgreSqlNodeTests : NodeTests<PostgreSqlHarness>;

public sealed class PostgreSqlJoinedOutcomeTests : JoinedOutcomeTests<PostgreSqlHarness>;

public sealed class PostgreSqlTransactionTests : TransactionTests<PostgreSqlHarness>;
