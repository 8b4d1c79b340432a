namespace Webhooks;

/// <summary>Why a caller isn't listened to.</summary>
/// <param name="Verdict">The reason.</param>
/// <param name="RetryAfter">When it is worth to try again; null if it isn't, or nobody knows.</param>
internal readonly record struct CallerRefusal(WebhookVerdict Verdict, TimeSpan? RetryAfter = null);
