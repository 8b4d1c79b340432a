using System.Diagnostics.Metrics;

namespace Webhooks;

/// <summary>How old the published lists are, and how long.</summary>
internal sealed class PublishedListMetrics
{
    public PublishedListMetrics(IMeterFactory meters, PublishedLists lists)
    {
        var meter = meters.Create(new MeterOptions("Webhooks"));
        meter.CreateObservableGauge(
            "webhooks.published_networks.age",
            () => lists.All.Where(list => list.IsFetched).Select(list =>
                new Measurement<double>(list.Age!.Value.TotalSeconds, HostOf(list))),
            "s",
            "How long ago a published list of networks was fetched or confirmed.");
        meter.CreateObservableGauge(
            "webhooks.published_networks.count",
            () => lists.All.Select(list => new Measurement<int>(list.Count, HostOf(list))),
            "{network}",
            "The networks of a published list; 0 until it was fetched.");
    }

    private static KeyValuePair<string, object?> HostOf(PublishedList list) =>
        new("server.address", list.Definition.ToString());
}
