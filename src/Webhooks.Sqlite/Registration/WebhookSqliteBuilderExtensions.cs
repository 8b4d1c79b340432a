using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>Keeps webhooks in SQLite.</summary>
public static class WebhookSqliteBuilderExtensions
{
    private const string LogCategory = "Webhooks.Sqlite";

    /// <summary>Keeps endpoints, messages and deliveries in an SQLite file. The last call that names a store wins.</summary>
    /// <typeparam name="TBuilder">What is built.</typeparam>
    /// <param name="builder">What <c>AddWebhookSender</c> returned, or an inbox's builder.</param>
    /// <param name="connectionString">Microsoft.Data.Sqlite's connection string, such as
    /// <c>Data Source=webhooks.db</c>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static TBuilder UseSqlite<TBuilder>(this TBuilder builder, string connectionString)
        where TBuilder : IWebhookStoreBuilder
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        return builder.UseSqlite(options => options.ConnectionString = connectionString);
    }

    /// <summary>Keeps endpoints, messages and deliveries in an SQLite file. The options are checked when the application
    /// starts. The last call that names a store wins.</summary>
    /// <typeparam name="TBuilder">What is built.</typeparam>
    /// <param name="builder">What <c>AddWebhookSender</c> returned, or an inbox's builder.</param>
    /// <param name="configure">Sets the options; at least <see cref="SqliteStoreOptions.ConnectionString"/>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static TBuilder UseSqlite<TBuilder>(
        this TBuilder builder, Action<SqliteStoreOptions> configure)
        where TBuilder : IWebhookStoreBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var options = builder.Services.AddOptionsWithValidateOnStart<SqliteStoreOptions, SqliteStoreOptionsValidator>();
        if (builder.StoreName is { } name)
            options.Configure(usual => usual.TablePrefix = $"{name}_");
        options.Configure(configure);
        return builder.UseStore(static provider => new SqliteStore(
            provider.GetRequiredService<IOptions<SqliteStoreOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger(LogCategory)));
    }
}
