namespace Webhooks;

/// <summary>Some of what was looked for, and where to go on.</summary>
/// <typeparam name="T">What was looked for.</typeparam>
/// <param name="Items">What this page has, in order; it may be empty although more follows.</param>
/// <param name="Continuation">What to pass with the same query to get the next page; null when there is none. Its text
/// has no meaning of its own.</param>
public sealed record WebhookPage<T>(IReadOnlyList<T> Items, string? Continuation);
