namespace Webhooks.Simulation;

/// <summary>What must never happen has happened.</summary>
internal sealed class LawBrokenException(string message) : Exception(message);
