using Webhooks.Stores;

namespace Webhooks.Tests;

public sealed class SqliteSharedClaimTests : SharedClaimTests<SqliteDuplicateHarness>;
