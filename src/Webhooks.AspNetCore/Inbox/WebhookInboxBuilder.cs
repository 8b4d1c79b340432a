using Microsoft.Extensions.DependencyInjection;

namespace Webhooks;

/// <summary>Says where an inbox keeps webhooks (<c>UseSqlite</c>, <c>UsePostgreSql</c>, <c>UseStore</c>) and
/// how.</summary>
public sealed class WebhookInboxBuilder : IWebhookStoreBuilder
{
    internal WebhookInboxBuilder()
    {
    }

    /// <summary>The inbox's own services, apart from the application's.</summary>
    public IServiceCollection Services { get; } = new ServiceCollection();

    /// <inheritdoc />
    string? IWebhookStoreBuilder.StoreName => "webhooks_inbox";

    /// <summary>Changes options from their defaults. They are checked when the application starts.</summary>
    /// <param name="configure">Changes them.</param>
    /// <returns>This builder.</returns>
    public WebhookInboxBuilder Configure(Action<WebhookInboxOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(configure);
        return this;
    }
}
