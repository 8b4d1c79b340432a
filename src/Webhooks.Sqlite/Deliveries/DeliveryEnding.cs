namespace Webhooks;

/// <summary>How a delivery ended, and when.</summary>
internal readonly record struct DeliveryEnding(DeliveryState State, DeliveryFailure Failure, long Now);
