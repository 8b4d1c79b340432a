using Microsoft.Extensions.Configuration;

namespace Webhooks;

/// <summary>Fills the options of delivery from the section <c>Delivery</c>.</summary>
internal static class WebhookDeliveryConfiguration
{
    public const string SectionName = "Delivery";

    public static void Bind(IConfiguration configuration, WebhookDeliveryOptions options)
    {
        var reader = new ConfigurationReader(
            configuration.GetSection(SectionName), path: $"{SectionName}.", options.ConfigurationErrors);
        BindWork(reader, options);
        BindHealth(reader, options);
        BindMessages(reader, options);
        reader.RefuseUnknown();
    }

    private static void BindWork(ConfigurationReader reader, WebhookDeliveryOptions options)
    {
        options.Enabled = reader.Flag(nameof(options.Enabled), options.Enabled);
        options.MaxConcurrency = reader.Whole(nameof(options.MaxConcurrency), options.MaxConcurrency);
        options.EndpointConcurrency = reader.Whole(nameof(options.EndpointConcurrency), options.EndpointConcurrency);
        options.MaxLeased = reader.Whole(nameof(options.MaxLeased), options.MaxLeased);
        options.MaxLeasedBytes = reader.Whole(nameof(options.MaxLeasedBytes), options.MaxLeasedBytes);
        options.LeaseDuration = reader.Span(nameof(options.LeaseDuration), options.LeaseDuration);
        options.PollInterval = reader.Span(nameof(options.PollInterval), options.PollInterval);
        options.MaxOrderingWait = reader.Span(nameof(options.MaxOrderingWait), options.MaxOrderingWait);
    }

    private static void BindHealth(ConfigurationReader reader, WebhookDeliveryOptions options)
    {
        options.CircuitThreshold = reader.Whole(nameof(options.CircuitThreshold), options.CircuitThreshold);
        options.CircuitPause = reader.Span(nameof(options.CircuitPause), options.CircuitPause);
        options.MaxCircuitPause = reader.Span(nameof(options.MaxCircuitPause), options.MaxCircuitPause);
        options.DisableAfter = reader.Limit(nameof(options.DisableAfter), options.DisableAfter);
    }

    private static void BindMessages(ConfigurationReader reader, WebhookDeliveryOptions options)
    {
        options.SucceededRetention = reader.Limit(nameof(options.SucceededRetention), options.SucceededRetention);
        options.FailedRetention = reader.Limit(nameof(options.FailedRetention), options.FailedRetention);
        options.IdempotencyWindow = reader.Span(nameof(options.IdempotencyWindow), options.IdempotencyWindow);
        options.MaxPayloadBytes = reader.Whole(nameof(options.MaxPayloadBytes), options.MaxPayloadBytes);
    }
}
