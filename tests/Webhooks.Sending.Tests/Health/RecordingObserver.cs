using System.Collections.Concurrent;

namespace Webhooks.Tests.Health;

internal sealed class RecordingObserver : IWebhookEndpointObserver
{
    private readonly ConcurrentQueue<EndpointChange> _changes = new();

    public IReadOnlyList<EndpointChange> Changes => [.. _changes];

    public Task OnChangedAsync(EndpointChange change, CancellationToken cancellationToken)
    {
        _changes.Enqueue(change);
        return Task.CompletedTask;
    }
}
