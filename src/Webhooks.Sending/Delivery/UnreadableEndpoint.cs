namespace Webhooks;

/// <summary>Stands in where an endpoint's settings can't be read: a key is missing, or a scheme isn't known here. It is
/// an attempt that fails, so that the delivery is tried again until it is mended or visibly given up.</summary>
internal static class UnreadableEndpoint
{
    private static readonly Uri Nowhere = new("https://unreadable.invalid/");

    /// <summary>An endpoint for retry policies to look at, of which only the id is true.</summary>
    public static WebhookEndpoint Named(string id) => new(Nowhere, Array.Empty<EndpointSignature>()) { Id = id };

    public static WebhookAttempt Attempt(int number, DateTimeOffset startedAt, string reason)
        => new(
            number, startedAt, TimeSpan.Zero,
            new AttemptOutcome(WebhookErrorKind.Unknown) { ErrorMessage = reason });
}
