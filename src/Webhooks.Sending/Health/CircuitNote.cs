namespace Webhooks;

/// <summary>A circuit's change that nobody was told of yet.</summary>
internal readonly record struct CircuitNote(CircuitChange Change, WebhookAttempt Attempt, DateTimeOffset At);
