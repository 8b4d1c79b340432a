namespace Webhooks;

/// <summary>Where the SQLite store keeps webhooks, and how. Checked when the application starts; later changes have no
/// effect.</summary>
public sealed class SqliteStoreOptions
{
    /// <summary>
    /// Microsoft.Data.Sqlite's connection string, such as <c>Data Source=webhooks.db</c>. The file is created if it
    /// isn't there; its folder isn't. It may be the application's own database, which then uses write-ahead logging. A
    /// database in memory, a shared cache and read-only mode are refused.
    /// </summary>
    /// <value>The default is empty, which is refused.</value>
    public string ConnectionString { get; set; } = "";

    /// <summary>What a commit waits for.</summary>
    /// <value>The default is <see cref="SqliteSynchronous.Full"/>.</value>
    public SqliteSynchronous Synchronous { get; set; }

    /// <summary>
    /// How long an operation waits while another connection holds the database's write lock, before it fails: at least
    /// 1 second, or <see cref="Timeout.InfiniteTimeSpan"/> to wait until it is cancelled.
    /// </summary>
    /// <value>The default is 1 minute.</value>
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>What the tables' names begin with: 1 to 40 ASCII letters, digits and underscores.</summary>
    /// <value>The default is <c>webhook_</c>.</value>
    public string TablePrefix { get; set; } = TableNames.UsualPrefix;

    /// <summary>Whether the store creates its tables and brings them up to date. Otherwise it only checks their version,
    /// and <see cref="SqliteSchema.Script"/> is for you to run.</summary>
    /// <value>The default is true.</value>
    public bool MigrateSchema { get; set; } = true;

    /// <summary>The most pages the file may have, for tests of full disks; 0 for SQLite's own limit.</summary>
    internal long MaxPageCount { get; set; }
}
