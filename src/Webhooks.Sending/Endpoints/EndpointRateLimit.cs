namespace Webhooks;

/// <summary>How many attempts an endpoint may get in a time; what is above waits.</summary>
/// <param name="Attempts">The most attempts, at least 1.</param>
/// <param name="Period">In how long, more than zero.</param>
public readonly record struct EndpointRateLimit(int Attempts, TimeSpan Period);
