using Webhooks.Stores;

namespace Webhooks.Conformance;

public sealed class PostgreSqlSharedClaimTests : SharedClaimTests<PostgreSqlDuplicateHarness>;
