using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>Remembers received webhooks in SQLite.</summary>
public static class WebhookSqliteDuplicatesExtensions
{
    // Options of their own: the application may send from another file, or have its inbox there.
    private const string OptionsName = "Webhooks.Duplicates";

    /// <summary>Remembers received webhooks in an SQLite file, so that they are known after a restart and to the machine's
    /// other processes. The last call that names a store wins.</summary>
    /// <param name="builder">What <c>DropDuplicates</c> gives to its callback.</param>
    /// <param name="connectionString">Microsoft.Data.Sqlite's connection string, such as
    /// <c>Data Source=webhooks.db</c>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static WebhookDuplicatesBuilder UseSqlite(this WebhookDuplicatesBuilder builder, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        return builder.UseSqlite(options => options.ConnectionString = connectionString);
    }

    /// <summary>Remembers received webhooks in an SQLite file, so that they are known after a restart and to the machine's
    /// other processes. The options are checked when the application starts. The last call that names a store
    /// wins.</summary>
    /// <param name="builder">What <c>DropDuplicates</c> gives to its callback.</param>
    /// <param name="configure">Sets the options; at least <see cref="SqliteStoreOptions.ConnectionString"/>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static WebhookDuplicatesBuilder UseSqlite(
        this WebhookDuplicatesBuilder builder, Action<SqliteStoreOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddOptionsWithValidateOnStart<SqliteStoreOptions, SqliteStoreOptionsValidator>(OptionsName)
            .Configure(configure);
        return builder.UseStore(static provider => new SqliteDuplicateStore(
            provider.GetRequiredService<IOptionsMonitor<SqliteStoreOptions>>().Get(OptionsName),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("Webhooks.Sqlite")));
    }
}
