using System.Diagnostics.Metrics;

namespace Webhooks;

/// <summary>Counts what happens to endpoints.</summary>
internal sealed class HealthMetrics(IMeterFactory meterFactory)
{
    private readonly Counter<long> _changes = meterFactory.Create(AttemptMetrics.MeterName).CreateCounter<long>(
        "webhooks.endpoint.changes", "{change}", "What happened to endpoints: circuits, failing, disabling.");

    public void Record(EndpointChangeKind kind)
    {
        if (_changes.Enabled)
            _changes.Add(1, new KeyValuePair<string, object?>("webhooks.endpoint.change", Name(kind)));
    }

    private static string Name(EndpointChangeKind kind) => kind switch
    {
        EndpointChangeKind.CircuitOpened => "circuit_opened",
        EndpointChangeKind.CircuitClosed => "circuit_closed",
        EndpointChangeKind.Failing => "failing",
        EndpointChangeKind.Recovered => "recovered",
        EndpointChangeKind.Disabled => "disabled",
        EndpointChangeKind.Enabled => "enabled",
        _ => "other",
    };
}
