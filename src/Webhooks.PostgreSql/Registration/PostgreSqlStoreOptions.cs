namespace Webhooks;

/// <summary>How webhooks are kept in PostgreSQL. Checked when the application starts; later changes have no
/// effect.</summary>
public sealed class PostgreSqlStoreOptions
{
    /// <summary>The schema of the tables: 1 to 50 of a-z, A-Z, 0-9 and _, not beginning with a digit or with
    /// <c>pg_</c>. Nodes with the same database and schema share their work.</summary>
    /// <value>The default is <c>webhooks</c>.</value>
    public string Schema { get; set; } = SchemaName.Default;

    /// <summary>Whether the schema is created, and brought up to date, when the application starts. Without, somebody
    /// has run <see cref="PostgreSqlSchema.Script"/> before, and the start fails if not.</summary>
    /// <value>The default is true.</value>
    public bool CreateSchema { get; set; } = true;

    /// <summary>How many batches of messages this process publishes at once, 1 to 64. Callers that publish at the same
    /// time share batches, so that few connections do for many callers.</summary>
    /// <value>The default is 2.</value>
    public int PublishConcurrency { get; set; } = 2;

    /// <summary>Whether this process listens to notifications (<c>LISTEN</c>), on a connection of its own, so that it
    /// hears at once of work that other processes bring. Turn it off behind a pooler in transaction mode; work is then
    /// found by polling.</summary>
    /// <value>The default is true.</value>
    public bool Notifications { get; set; } = true;

    /// <summary>Whether statements are prepared once for each connection. Turn it off behind a pooler that doesn't
    /// support that.</summary>
    /// <value>The default is true.</value>
    public bool PrepareStatements { get; set; } = true;
}
