namespace Webhooks;

/// <summary>What became of a webhook whose handlers didn't throw.</summary>
/// <param name="Kind">What.</param>
/// <param name="Reason">Why, for the operator, when it wasn't handled. Nothing that the sender wrote.</param>
internal readonly record struct HandlerOutcome(HandlerOutcomeKind Kind, string? Reason = null);
