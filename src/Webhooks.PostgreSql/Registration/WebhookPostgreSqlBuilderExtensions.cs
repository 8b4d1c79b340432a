using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Webhooks;

/// <summary>Keeps webhooks in PostgreSQL.</summary>
public static class WebhookPostgreSqlBuilderExtensions
{
    /// <summary>Keeps messages in a PostgreSQL database, through connections of the application's own data
    /// source.</summary>
    /// <typeparam name="TBuilder">What is built.</typeparam>
    /// <param name="builder">What <c>AddWebhookSender</c> returned, or an inbox's builder.</param>
    /// <param name="dataSource">The data source, which the application disposes of. One made with
    /// <see cref="NpgsqlSlimDataSourceBuilder"/> needs <see cref="NpgsqlSlimDataSourceBuilder.EnableArrays"/>.</param>
    /// <param name="configure">Changes options from their defaults; null leaves them.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="dataSource"/> is
    /// null.</exception>
    public static TBuilder UsePostgreSql<TBuilder>(
        this TBuilder builder, NpgsqlDataSource dataSource, Action<PostgreSqlStoreOptions>? configure = null)
        where TBuilder : IWebhookStoreBuilder
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return builder.UsePostgreSql(_ => dataSource, configure);
    }

    /// <summary>Keeps messages in a PostgreSQL database, through connections of the application's own data
    /// source.</summary>
    /// <typeparam name="TBuilder">What is built.</typeparam>
    /// <param name="builder">What <c>AddWebhookSender</c> returned, or an inbox's builder.</param>
    /// <param name="dataSource">Finds the data source, for instance
    /// <c>provider => provider.GetRequiredService&lt;NpgsqlDataSource>()</c>; called once. Whoever made it disposes of
    /// it.</param>
    /// <param name="configure">Changes options from their defaults; null leaves them.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="dataSource"/> is
    /// null.</exception>
    public static TBuilder UsePostgreSql<TBuilder>(
        this TBuilder builder,
        Func<IServiceProvider, NpgsqlDataSource> dataSource,
        Action<PostgreSqlStoreOptions>? configure = null)
        where TBuilder : IWebhookStoreBuilder
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return AddStore(builder, provider => Create(provider, dataSource(provider), ownsSource: false), configure);
    }

    /// <summary>Keeps messages in a PostgreSQL database, through connections of a pool of its own.</summary>
    /// <typeparam name="TBuilder">What is built.</typeparam>
    /// <param name="builder">What <c>AddWebhookSender</c> returned, or an inbox's builder.</param>
    /// <param name="connectionString">How to connect, as Npgsql has it, such as
    /// <c>Host=db.example.com;Database=app;Username=app;Password=…</c>.</param>
    /// <param name="configure">Changes options from their defaults; null leaves them.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="connectionString"/> is
    /// null.</exception>
    public static TBuilder UsePostgreSql<TBuilder>(
        this TBuilder builder, string connectionString, Action<PostgreSqlStoreOptions>? configure = null)
        where TBuilder : IWebhookStoreBuilder
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        return AddStore(
            builder, provider => Create(provider, OwnDataSource.Create(provider, connectionString), ownsSource: true), configure);
    }

    private static TBuilder AddStore<TBuilder>(
        TBuilder builder, Func<IServiceProvider, WebhookStore> create, Action<PostgreSqlStoreOptions>? configure)
        where TBuilder : IWebhookStoreBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = builder.Services
            .AddOptionsWithValidateOnStart<PostgreSqlStoreOptions, PostgreSqlStoreOptionsValidator>();
        if (builder.StoreName is { } name)
            options.Configure(usual => usual.Schema = name);
        if (configure is not null)
            options.Configure(configure);
        return builder.UseStore(create);
    }

    private static PostgreSqlStore Create(IServiceProvider provider, NpgsqlDataSource source, bool ownsSource) => new(
        source,
        ownsSource,
        provider.GetRequiredService<IOptions<PostgreSqlStoreOptions>>().Value,
        provider.GetRequiredService<TimeProvider>(),
        provider.GetService<Random>() ?? Random.Shared,
        provider.GetRequiredService<ILoggerFactory>().CreateLogger("Webhooks.PostgreSql"));
}
