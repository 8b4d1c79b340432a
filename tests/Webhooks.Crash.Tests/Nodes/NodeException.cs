namespace Webhooks.Crash;

/// <summary>A node didn't do what it was told.</summary>
internal sealed class NodeException(string message) : Exception(message);
