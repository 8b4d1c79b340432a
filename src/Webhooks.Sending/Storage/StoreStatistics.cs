namespace Webhooks;

/// <summary>How much work a store holds.</summary>
/// <param name="Pending">How many deliveries are pending; an estimate where counting would be dear.</param>
/// <param name="OldestDue">How long the delivery that waits longest has been due; zero if none is.</param>
public readonly record struct StoreStatistics(long Pending, TimeSpan OldestDue);
