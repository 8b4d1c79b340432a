using Webhooks.Stores;

namespace Webhooks.Tests;

public sealed class MemoryClaimTests : ClaimTests<MemoryDuplicateHarness>;
