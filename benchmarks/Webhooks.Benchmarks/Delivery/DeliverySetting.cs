namespace Webhooks.Benchmarks.Delivery;

/// <summary>What all delivery benchmarks of a run share.</summary>
/// <param name="Postgres">The server, as a connection string of its first database.</param>
/// <param name="Server">The server's first process.</param>
/// <param name="Sink">Where requests go.</param>
/// <param name="Rounds">How many rounds to measure, after some that warm up.</param>
/// <param name="Seconds">About how long a round measures.</param>
internal sealed record DeliverySetting(string Postgres, int Server, Uri Sink, int Rounds, double Seconds);
