namespace Webhooks;

/// <summary>The answer of a <see cref="WebhookDuplicateStore"/> to a claim.</summary>
/// <param name="State">What was known of the webhook.</param>
/// <param name="Token">Of a new one, what its holder shows to complete, renew or release it; otherwise 0.</param>
public readonly record struct DuplicateClaim(DuplicateState State, long Token);
