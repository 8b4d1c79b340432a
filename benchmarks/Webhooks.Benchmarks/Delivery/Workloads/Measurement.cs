namespace Webhooks.Benchmarks.Delivery;

/// <summary>What a round came to.</summary>
/// <param name="Rate">How many a second.</param>
/// <param name="OwnMicroseconds">The processor time that the process spent on one.</param>
/// <param name="ServerMicroseconds">The processor time that the database server spent on one.</param>
internal readonly record struct Measurement(double Rate, double OwnMicroseconds, double ServerMicroseconds);
