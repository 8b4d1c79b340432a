using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Webhooks;

/// <summary>Adds the protection against duplicates.</summary>
public static class WebhookDuplicatesBuilderExtensions
{
    /// <summary>
    /// Has each verified webhook handled once. The application runs for the first copy; if it answers 2xx, further copies
    /// are answered 200 and don't reach it; if it answers anything else or throws, the next copy is handled. A copy that
    /// comes while the first one is being handled, or while the store can't be asked, is answered 503 with
    /// <c>Retry-After</c>.
    /// </summary>
    /// <remarks>
    /// It holds for all sources but those whose <see cref="WebhookSourceOptions.DropDuplicates"/> is false. Webhooks are
    /// told apart by <see cref="VerifiedWebhook.DuplicateKey"/>. Without a named store they are remembered in the
    /// process's memory, which neither a restart nor a second process knows of. Routes whose webhooks go to an inbox are
    /// left to the inbox, which drops duplicates itself. Call it once, or again to change the store.
    /// </remarks>
    /// <param name="builder">What <c>AddWebhookVerification</c> returned.</param>
    /// <param name="configure">Names the store and sets options.</param>
    /// <returns>The builder.</returns>
    public static WebhookVerificationBuilder DropDuplicates(
        this WebhookVerificationBuilder builder, Action<WebhookDuplicatesBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        SourceRegistrations.Of(builder.Services).DropsDuplicates = true;
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DuplicateWorker>());
        configure?.Invoke(new WebhookDuplicatesBuilder(builder.Services));
        return builder;
    }

    /// <summary>
    /// Remembers received webhooks in the application's <see cref="IDistributedCache"/>. A cache can't compare and set, so
    /// two processes that get copies of a webhook at the same moment may both handle it, and what the cache drops is
    /// forgotten. Where that does harm, use SQLite or PostgreSQL.
    /// </summary>
    /// <param name="builder">What <see cref="DropDuplicates"/> gives to its callback.</param>
    /// <returns>The builder.</returns>
    public static WebhookDuplicatesBuilder UseDistributedCache(this WebhookDuplicatesBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseStore(static provider => new DistributedDuplicateStore(
            provider.GetRequiredService<IDistributedCache>()));
    }
}
