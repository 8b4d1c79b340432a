namespace Webhooks.Crash;

/// <summary>What a handler wrote.</summary>
internal sealed record Effect(string Source, string Webhook, long Attempt, string Node);
