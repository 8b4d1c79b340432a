namespace Webhooks.Benchmarks.Delivery;

/// <summary>A request to make, as DotNetCore.CAP carries it.</summary>
internal sealed record CapJob(int Endpoint, string Payload);
