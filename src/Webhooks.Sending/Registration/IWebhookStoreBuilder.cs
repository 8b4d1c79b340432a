using Microsoft.Extensions.DependencyInjection;

namespace Webhooks;

/// <summary>Builds something that keeps webhooks in a store: the extension methods that name a store
/// (<c>UseSqlite</c>, <c>UsePostgreSql</c>, <c>UseStore</c>) are for all that implement it.</summary>
public interface IWebhookStoreBuilder
{
    /// <summary>The services that the store is registered with and made from.</summary>
    IServiceCollection Services { get; }
}
