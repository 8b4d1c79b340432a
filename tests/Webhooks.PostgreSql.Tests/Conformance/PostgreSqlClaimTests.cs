using Webhooks.Stores;

namespace Webhooks.Conformance;

public sealed class PostgreSqlClaimTests : ClaimTests<PostgreSqlDuplicateHarness>;
