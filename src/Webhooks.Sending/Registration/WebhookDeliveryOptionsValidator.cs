using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>Checks all options at once, so that whoever mends them has to start the application only once
/// more.</summary>
internal sealed class WebhookDeliveryOptionsValidator : IValidateOptions<WebhookDeliveryOptions>
{
    private const int MaxConcurrency = 100_000;
    private const int MaxEndpointConcurrency = 1000;
    private const int MaxThreshold = 10_000;
    private const int Mebibyte = 1024 * 1024;
    private const int MaxPayloadBytes = 64 * Mebibyte;

    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(30);

    public ValidateOptionsResult Validate(string? name, WebhookDeliveryOptions options)
    {
        List<string> errors =
        [
            .. options.ConfigurationErrors,
            .. WorkErrors(options),
            .. TimeErrors(options),
            .. HealthErrors(options),
            .. KeepingErrors(options),
        ];
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> WorkErrors(WebhookDeliveryOptions options)
    {
        if (options.MaxConcurrency is < 1 or > MaxConcurrency)
            yield return $"Delivery.MaxConcurrency is {options.MaxConcurrency}: use 1 to {MaxConcurrency}.";
        if (options.EndpointConcurrency is < 1 or > MaxEndpointConcurrency)
        {
            yield return $"Delivery.EndpointConcurrency is {options.EndpointConcurrency}: use 1 to "
                + $"{MaxEndpointConcurrency}.";
        }

        if (options.MaxLeased < options.MaxConcurrency)
        {
            yield return $"Delivery.MaxLeased is {options.MaxLeased}: use at least MaxConcurrency "
                + $"({options.MaxConcurrency}).";
        }

        if (options.MaxLeasedBytes < Mebibyte)
            yield return $"Delivery.MaxLeasedBytes is {options.MaxLeasedBytes}: use at least {Mebibyte}.";
        if (options.MaxPayloadBytes is < 1 or > MaxPayloadBytes)
            yield return $"Delivery.MaxPayloadBytes is {options.MaxPayloadBytes}: use 1 to {MaxPayloadBytes}.";
    }

    private static IEnumerable<string> TimeErrors(WebhookDeliveryOptions options)
    {
        if (options.LeaseDuration < ShortestLease || options.LeaseDuration > Hour)
            yield return $"Delivery.LeaseDuration is {options.LeaseDuration}: use 00:00:05 to 01:00:00.";
        if (options.PollInterval < ShortestPoll || options.PollInterval > Hour)
            yield return $"Delivery.PollInterval is {options.PollInterval}: use 00:00:00.1 to 01:00:00.";
        if (options.MaxOrderingWait < TimeSpan.Zero)
            yield return $"Delivery.MaxOrderingWait is {options.MaxOrderingWait}: use 00:00:00 or more.";
    }

    private static IEnumerable<string> HealthErrors(WebhookDeliveryOptions options)
    {
        if (options.CircuitThreshold is < 1 or > MaxThreshold)
            yield return $"Delivery.CircuitThreshold is {options.CircuitThreshold}: use 1 to {MaxThreshold}.";
        if (options.CircuitPause <= TimeSpan.Zero)
            yield return $"Delivery.CircuitPause is {options.CircuitPause}: use more than 00:00:00.";
        if (options.MaxCircuitPause < options.CircuitPause)
        {
            yield return $"Delivery.MaxCircuitPause is {options.MaxCircuitPause}: use at least CircuitPause "
                + $"({options.CircuitPause}).";
        }

        if (options.DisableAfter <= TimeSpan.Zero)
            yield return $"Delivery.DisableAfter is {options.DisableAfter}: use more than 00:00:00, or null for never.";
    }

    private static IEnumerable<string> KeepingErrors(WebhookDeliveryOptions options)
    {
        if (options.SucceededRetention < Hour)
        {
            yield return $"Delivery.SucceededRetention is {options.SucceededRetention}: use 01:00:00 or more, or null "
                + "for ever.";
        }

        if (options.FailedRetention < Hour)
        {
            yield return $"Delivery.FailedRetention is {options.FailedRetention}: use 01:00:00 or more, or null for "
                + "ever.";
        }

        if (options.IdempotencyWindow <= TimeSpan.Zero || options.IdempotencyWindow > LongestWindow)
        {
            yield return $"Delivery.IdempotencyWindow is {options.IdempotencyWindow}: use more than 00:00:00, up to "
                + "30.00:00:00.";
        }
    }
}
