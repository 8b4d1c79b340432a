using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>What all parts of a dispatcher work with.</summary>
internal sealed record DispatchContext
{
    public required WebhookStore Store { get; init; }

    public required EndpointDirectory Directory { get; init; }

    public required IDeliveryHandler Handler { get; init; }

    public required WebhookDeliveryOptions Options { get; init; }

    /// <summary>The retry policy of endpoints that have none of their own.</summary>
    public required RetryPolicy UsualPolicy { get; init; }

    public required DispatchSignal Signal { get; init; }

    /// <summary>Where this process's publications pass.</summary>
    public required PublishRoute Publications { get; init; }

    public required DispatcherMetrics Metrics { get; init; }

    public required Random Random { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    public required ILogger Logger { get; init; }

    public DispatchClock Clock => new(TimeProvider);
}
