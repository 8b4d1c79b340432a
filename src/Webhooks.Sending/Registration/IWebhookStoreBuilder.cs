using Microsoft.Extensions.DependencyInjection;

namespace Webhooks;

/// <summary>Builds something that keeps webhooks in a store: the extension methods that name a store
/// (<c>UseSqlite</c>, <c>UsePostgreSql</c>, <c>UseStore</c>) are for all that implement it.</summary>
public interface IWebhookStoreBuilder
{
    /// <summary>The services that the store is registered with and made from.</summary>
    IServiceCollection Services { get; }

    /// <summary>What tells its tables from those of another store in the same database, where the application says
    /// nothing else: the schema's name in PostgreSQL, the beginning of the tables' names in SQLite.</summary>
    /// <value>Null for the databases' usual names.</value>
    string? StoreName { get; }
}
