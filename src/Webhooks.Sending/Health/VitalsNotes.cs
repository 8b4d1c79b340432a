namespace Webhooks;

/// <summary>What an endpoint's attempts have told.</summary>
/// <param name="Entry">The endpoint as it was for the last of them.</param>
/// <param name="Circuit">What happened to its circuit.</param>
/// <param name="AsksForEnd">The attempt whose answer wants nothing more; null for none.</param>
/// <param name="IsFailing">Whether the last of them failed.</param>
/// <param name="HasSucceeded">Whether one succeeded after one had failed.</param>
/// <param name="LastFailure">The last that failed.</param>
/// <param name="IsTimeToWrite">Whether the store should hear again of an endpoint that still fails.</param>
internal sealed record VitalsNotes(
    EndpointEntry Entry,
    IReadOnlyList<CircuitNote> Circuit,
    WebhookAttempt? AsksForEnd,
    bool IsFailing,
    bool HasSucceeded,
    WebhookAttempt? LastFailure,
    bool IsTimeToWrite);
