using Webhooks.Stores;

namespace Webhooks.Tests;

public sealed class SqliteClaimTests : ClaimTests<SqliteDuplicateHarness>;
