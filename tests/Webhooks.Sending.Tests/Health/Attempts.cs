namespace Webhooks.Tests.Health;

internal static class Attempts
{
    public static WebhookAttempt With(
        int status, DeliveryDirective directive = DeliveryDirective.None, int number = 1) => new(
        number, The.Now, TimeSpan.FromMilliseconds(12),
        new AttemptOutcome(status is >= 200 and < 300 ? WebhookErrorKind.None : WebhookErrorKind.HttpStatus)
        {
            StatusCode = status,
            Directive = directive,
            ResponseSnippet = "secret-of-the-receiver",
        });

    public static WebhookAttempt With(WebhookErrorKind error)
        => new(1, The.Now, TimeSpan.FromMilliseconds(12), new AttemptOutcome(error));
}
