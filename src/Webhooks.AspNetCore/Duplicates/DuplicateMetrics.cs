using System.Diagnostics.Metrics;

namespace Webhooks;

/// <summary>Counts what the protection against duplicates does.</summary>
internal sealed class DuplicateMetrics
{
    private readonly Counter<long> _claims;
    private readonly Counter<long> _endings;

    public DuplicateMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(new MeterOptions("Webhooks"));
        _claims = meter.CreateCounter<long>(
            "webhooks.duplicates.claims", "{webhook}", "Verified webhooks, by source and whether they are new.");
        _endings = meter.CreateCounter<long>(
            "webhooks.duplicates.endings", "{webhook}", "New webhooks that the application was given, by source and "
                + "what was remembered of them.");
    }

    public void Claimed(string source, DuplicateResult result) => Add(_claims, source, result);

    public void Ended(string source, DuplicateResult result) => Add(_endings, source, result);

    public static string NameOf(DuplicateResult result) => result switch
    {
        DuplicateResult.New => "new",
        DuplicateResult.Handled => "handled",
        DuplicateResult.InProgress => "in_progress",
        DuplicateResult.Completed => "completed",
        DuplicateResult.Released => "released",
        DuplicateResult.Lost => "lost",
        DuplicateResult.Unsettled => "unsettled",
        _ => "unknown",
    };

    private static void Add(Counter<long> counter, string source, DuplicateResult result)
    {
        if (counter.Enabled)
        {
            counter.Add(
                1,
                new KeyValuePair<string, object?>("webhooks.source", source),
                new KeyValuePair<string, object?>("webhooks.duplicates.result", NameOf(result)));
        }
    }
}
