namespace Webhooks.Simulation;

/// <summary>The process was killed while somebody waited for it: what it did is uncertain.</summary>
internal sealed class ProcessKilledException() : Exception("The process was killed.");
