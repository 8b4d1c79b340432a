using System.Collections.Concurrent;

namespace Webhooks;

/// <summary>Learns from every stored attempt how its endpoint fares. Never blocks and never throws.</summary>
internal sealed class EndpointHealth
{
    private readonly ConcurrentDictionary<long, WebhookAttempt> _failing = new();

    public void Report(EndpointEntry entry, WebhookAttempt attempt, CircuitChange change)
    {
        if (!attempt.Succeeded || change == CircuitChange.Opened)
            _failing[entry.Record.Number] = attempt;
        else
            _failing.TryRemove(entry.Record.Number, out _);
    }
}
