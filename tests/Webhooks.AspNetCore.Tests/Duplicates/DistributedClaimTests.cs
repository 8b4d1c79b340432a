using Webhooks.Stores;

namespace Webhooks;

public sealed class DistributedClaimTests : ClaimTests<DistributedDuplicateHarness>;
