namespace Webhooks.Benchmarks.Delivery;

/// <summary>What the hand-written loops claim.</summary>
internal readonly record struct HandJob(long Id, int Endpoint, byte[] Payload);
