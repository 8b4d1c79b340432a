using System.Globalization;

namespace Webhooks;

/// <summary>
/// Publishes what happens to endpoints as messages of a tenant. What happens to that tenant's own endpoints isn't
/// published, or one that fails would make messages about itself without end.
/// </summary>
internal sealed class OperationalEvents(string tenant, IWebhookPublisher publisher, TimeProvider timeProvider)
    : IWebhookEndpointObserver
{
    public async Task OnChangedAsync(EndpointChange change, CancellationToken cancellationToken)
    {
        if (change.Tenant == tenant || NameOf(change.Kind) is not { } name)
            return;

        var data = new OperationalEvent
        {
            EndpointId = change.EndpointId,
            Tenant = change.Tenant.Length == 0 ? null : change.Tenant,
            Reason = change.Reason,
            FailingSince = change.FailingSince,
            At = change.At,
        };
        var message = WebhookMessage.CreateEnvelope(
            "webhooks.endpoint." + name, data, OperationalEventJson.Default.OperationalEvent, timeProvider)
            with
        {
            Tenant = tenant,
            IdempotencyKey = KeyOf(change, name),
        };
        await publisher.PublishAsync(message, cancellationToken).ConfigureAwait(false);
    }

    // Circuits open and close by the minute, and on each node for itself: they are for observers and logs.
    private static string? NameOf(EndpointChangeKind kind) => kind switch
    {
        EndpointChangeKind.Failing => "failing",
        EndpointChangeKind.Recovered => "recovered",
        EndpointChangeKind.Disabled => "disabled",
        EndpointChangeKind.Enabled => "enabled",
        _ => null,
    };

    // Every node sees for itself that an endpoint fails and recovers, and all of them mean the same time of failing.
    // Only one of them disables it.
    private static string KeyOf(EndpointChange change, string name)
    {
        var time = name is "failing" or "recovered" ? change.FailingSince ?? change.At : change.At;
        var unit = name is "failing" or "recovered" ? TimeSpan.TicksPerMinute : TimeSpan.TicksPerMillisecond;
        return string.Create(CultureInfo.InvariantCulture, $"{name}/{change.EndpointId}/{time.UtcTicks / unit}");
    }
}
