using System.Globalization;

namespace Webhooks;

/// <summary>Says why an endpoint is thought ill of, without anything that the receiver wrote.</summary>
internal static class FailureText
{
    public static string Last(WebhookAttempt attempt) => attempt.RetryAfter is { } wait
        ? $"The last attempt ended with {Of(attempt)}, asking to wait {wait:c}."
        : $"The last attempt ended with {Of(attempt)}.";

    public static string AsksForEnd(WebhookAttempt attempt) => attempt.Directive == DeliveryDirective.Disable
        ? "The receiver asked for no more messages with the header webhook-delivery."
        : $"The receiver asked for no more messages with {Of(attempt)}.";

    public static string FailingFor(TimeSpan duration, WebhookAttempt attempt) => string.Create(
        CultureInfo.InvariantCulture,
        $"Nothing has succeeded for {Days(duration)}. {Last(attempt)}");

    private static string Days(TimeSpan duration) => duration.TotalDays >= 1
        ? duration.TotalDays.ToString("0.#", CultureInfo.InvariantCulture) + " days"
        : duration.ToString("c", CultureInfo.InvariantCulture);

    private static string Of(WebhookAttempt attempt) => attempt.StatusCode is { } status
        ? "status " + status.ToString(CultureInfo.InvariantCulture)
        : attempt.Error.ToString();
}
