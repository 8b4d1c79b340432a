using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Webhooks;

/// <summary>Remembers received webhooks in PostgreSQL.</summary>
public static class WebhookPostgreSqlDuplicatesExtensions
{
    // Options of their own: the application may send from another schema.
    private const string OptionsName = "Webhooks.Duplicates";

    /// <summary>Remembers received webhooks in a PostgreSQL database, for all processes that share it, through connections
    /// of the application's own data source.</summary>
    /// <param name="builder">What <c>DropDuplicates</c> gives to its callback.</param>
    /// <param name="dataSource">Finds the data source, for instance
    /// <c>provider => provider.GetRequiredService&lt;NpgsqlDataSource>()</c>; called once. Whoever made it disposes of
    /// it.</param>
    /// <param name="configure">Changes options from their defaults; null leaves them.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="dataSource"/> is
    /// null.</exception>
    public static WebhookDuplicatesBuilder UsePostgreSql(
        this WebhookDuplicatesBuilder builder,
        Func<IServiceProvider, NpgsqlDataSource> dataSource,
        Action<PostgreSqlStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return AddStore(builder, provider => Create(provider, dataSource(provider), ownsSource: false), configure);
    }

    /// <summary>Remembers received webhooks in a PostgreSQL database, for all processes that share it, through connections
    /// of a pool of its own.</summary>
    /// <param name="builder">What <c>DropDuplicates</c> gives to its callback.</param>
    /// <param name="connectionString">How to connect, as Npgsql has it, such as
    /// <c>Host=db.example.com;Database=app;Username=app;Password=…</c>.</param>
    /// <param name="configure">Changes options from their defaults; null leaves them.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="connectionString"/> is
    /// null.</exception>
    public static WebhookDuplicatesBuilder UsePostgreSql(
        this WebhookDuplicatesBuilder builder, string connectionString, Action<PostgreSqlStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        return AddStore(
            builder,
            provider => Create(provider, OwnDataSource.Create(provider, connectionString), ownsSource: true),
            configure);
    }

    private static WebhookDuplicatesBuilder AddStore(
        WebhookDuplicatesBuilder builder,
        Func<IServiceProvider, WebhookDuplicateStore> create,
        Action<PostgreSqlStoreOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = builder.Services
            .AddOptionsWithValidateOnStart<PostgreSqlStoreOptions, PostgreSqlStoreOptionsValidator>(OptionsName);
        if (configure is not null)
            options.Configure(configure);
        return builder.UseStore(create);
    }

    private static PostgreSqlDuplicateStore Create(IServiceProvider provider, NpgsqlDataSource source, bool ownsSource) => new(
        source,
        ownsSource,
        provider.GetRequiredService<IOptionsMonitor<PostgreSqlStoreOptions>>().Get(OptionsName),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILoggerFactory>().CreateLogger("Webhooks.PostgreSql"));
}
