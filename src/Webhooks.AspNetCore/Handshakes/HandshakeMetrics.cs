using System.Diagnostics.Metrics;

namespace Webhooks;

/// <summary>What a meter can see of handshakes.</summary>
internal sealed class HandshakeMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _handshakes = meters.Create(new MeterOptions("Webhooks")).CreateCounter<long>(
        "webhooks.handshakes", "{handshake}", "Handshakes with providers, by source and status of the answer.");

    public void Record(string source, int status) => _handshakes.Add(
        1,
        new KeyValuePair<string, object?>("webhooks.source", source),
        new KeyValuePair<string, object?>("http.response.status_code", status));
}
