namespace Webhooks;

internal static class CircuitSigns
{
    public static CircuitSign Of(WebhookAttempt attempt) => attempt.Error switch
    {
        WebhookErrorKind.None => CircuitSign.Success,
        WebhookErrorKind.RequestInvalid => CircuitSign.None,
        WebhookErrorKind.HttpStatus => OfStatus(attempt),

        // A redirect is the address's doing; without a signature or credentials nothing can be sent at all. Whatever
        // the reason, the next message would fail as well, and waiting saves its attempts.
        _ => CircuitSign.Failure,
    };

    // A 4xx is an answer given promptly and on purpose. Its message is tried again by the retry policy, and an endpoint
    // that never accepts anything is disabled in time; but pausing it would hold up the messages that it does want.
    private static CircuitSign OfStatus(WebhookAttempt attempt) => attempt.StatusCode switch
    {
        429 or 503 when attempt.RetryAfter > TimeSpan.Zero => CircuitSign.Overload,
        408 or 425 or 429 => CircuitSign.Failure,
        >= 400 and <= 499 => CircuitSign.Refusal,
        _ => CircuitSign.Failure,
    };
}
