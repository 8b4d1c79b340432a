using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Webhooks;

/// <summary>Unhealthy while a list was never fetched, since webhooks are then turned away; degraded while one is a day
/// older than it should be.</summary>
internal sealed class PublishedListHealthCheck(WebhookSources sources, PublishedLists lists) : IHealthCheck
{
    private static readonly TimeSpan Lateness = TimeSpan.FromDays(1);

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // Compiled by now, or nobody would know which lists are asked for.
        _ = sources;
        ArgumentNullException.ThrowIfNull(context);
        var missing = lists.All.Where(list => !list.IsFetched).ToList();
        if (missing.Count > 0)
        {
            return Task.FromResult(new HealthCheckResult(
                context.Registration.FailureStatus, $"Not fetched yet: {Names(missing)}."));
        }

        var late = lists.All.Where(list => list.Age > list.Definition.RefreshInterval + Lateness).ToList();
        return Task.FromResult(late.Count > 0
            ? HealthCheckResult.Degraded($"Not fetched for long: {Names(late)}.")
            : HealthCheckResult.Healthy());
    }

    private static string Names(IEnumerable<PublishedList> lists) => string.Join(", ", lists.Select(list =>
        string.Create(CultureInfo.InvariantCulture, $"{list.Definition} ({list.Age?.ToString("c") ?? "never"})")));
}
