using Microsoft.Extensions.Configuration;

namespace Webhooks;

/// <summary>Fills options from configuration. Written by hand, so that it needs no reflection and says what is
/// wrong.</summary>
internal static class WebhookSenderConfiguration
{
    // Sender and receiver may share a section.
    private static readonly string[] OfOthers =
        [WebhookDeliveryConfiguration.SectionName, "Sources", "MaxBodySize", "BodyTimeout", "Tolerance"];

    public static void Bind(IConfiguration configuration, WebhookSenderOptions options)
    {
        var reader = new ConfigurationReader(configuration, path: "", options.ConfigurationErrors);
        options.AttemptTimeout = reader.Span(nameof(options.AttemptTimeout), options.AttemptTimeout);
        options.MaxResponseBytes = reader.Whole(nameof(options.MaxResponseBytes), options.MaxResponseBytes);
        options.ResponseSnippetLength =
            reader.Whole(nameof(options.ResponseSnippetLength), options.ResponseSnippetLength);
        options.MaxRetryAfter = reader.Span(nameof(options.MaxRetryAfter), options.MaxRetryAfter);
        options.HonorDeliveryHeader = reader.Flag(nameof(options.HonorDeliveryHeader), options.HonorDeliveryHeader);
        options.PropagateTraceContext =
            reader.Flag(nameof(options.PropagateTraceContext), options.PropagateTraceContext);
        options.UserAgent = reader.Text(nameof(options.UserAgent), options.UserAgent);
        options.HttpVersion = reader.Version(nameof(options.HttpVersion), options.HttpVersion);
        options.HttpVersionPolicy = reader.Choice(nameof(options.HttpVersionPolicy), options.HttpVersionPolicy);
        Bind(reader.Section(nameof(options.Retry)), options.Retry);
        Bind(reader.Section(nameof(options.Network)), options.Network);

        // At the root of all configuration there is everybody's, the environment's variables included.
        if (configuration is IConfigurationSection)
            reader.RefuseUnknown(OfOthers);
    }

    private static void Bind(ConfigurationReader reader, RetryOptions retry)
    {
        retry.Kind = reader.Choice(nameof(retry.Kind), retry.Kind);
        retry.BaseDelay = reader.Span(nameof(retry.BaseDelay), retry.BaseDelay);
        retry.Factor = reader.Number(nameof(retry.Factor), retry.Factor);
        retry.MaxDelay = reader.Span(nameof(retry.MaxDelay), retry.MaxDelay);
        retry.MaxAttempts = reader.Whole(nameof(retry.MaxAttempts), retry.MaxAttempts);
        retry.MaxTotalTime = reader.Span(nameof(retry.MaxTotalTime), retry.MaxTotalTime);
        retry.Jitter = reader.Choice(nameof(retry.Jitter), retry.Jitter);
        retry.JitterPercent = reader.Number(nameof(retry.JitterPercent), retry.JitterPercent);
        reader.Spans(nameof(retry.Delays), retry.Delays);
        reader.RefuseUnknown();
    }

    private static void Bind(ConfigurationReader reader, NetworkOptions network)
    {
        network.AllowHttp = reader.Flag(nameof(network.AllowHttp), network.AllowHttp);
        network.AllowPrivateNetworks = reader.Flag(nameof(network.AllowPrivateNetworks), network.AllowPrivateNetworks);
        network.AllowNat64 = reader.Flag(nameof(network.AllowNat64), network.AllowNat64);
        network.ConnectTimeout = reader.Span(nameof(network.ConnectTimeout), network.ConnectTimeout);
        network.ConnectionLifetime = reader.Span(nameof(network.ConnectionLifetime), network.ConnectionLifetime);
        network.ConnectionIdleTimeout =
            reader.Span(nameof(network.ConnectionIdleTimeout), network.ConnectionIdleTimeout);
        network.MaxConnectionsPerServer =
            reader.Whole(nameof(network.MaxConnectionsPerServer), network.MaxConnectionsPerServer);
        reader.List(nameof(network.AllowedNetworks), network.AllowedNetworks);
        reader.List(nameof(network.AllowedHosts), network.AllowedHosts);
        reader.List(nameof(network.AllowedPorts), network.AllowedPorts);
        reader.RefuseUnknown();
    }
}
