using Microsoft.Extensions.Diagnostics.HealthChecks;
using Webhooks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds health checks of what receiving webhooks depends on.</summary>
public static class WebhookHealthChecksBuilderExtensions
{
    /// <summary>Checks the <see cref="PublishedNetworks"/> of all sources: failed while a list was never fetched (its
    /// webhooks are answered 503), degraded while one wasn't fetched for a day longer than its interval.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">The status while a list was never fetched.</param>
    /// <param name="tags">Tags by which checks are chosen.</param>
    /// <returns><paramref name="builder"/></returns>
    public static IHealthChecksBuilder AddPublishedWebhookNetworks(
        this IHealthChecksBuilder builder,
        string name = "webhooks_published_networks",
        HealthStatus failureStatus = HealthStatus.Unhealthy,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<PublishedListHealthCheck>(name, failureStatus, tags ?? []);
    }
}
