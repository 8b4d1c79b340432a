namespace Webhooks;

/// <summary>
/// The transaction under way on a connection that writes, and what is known within it: nobody else writes until it
/// ends.
/// </summary>
internal sealed class WriteTransaction
{
    private readonly TimeProvider _timeProvider;

    private StoreMeta _meta;
    private StoreMeta _saved;

    public WriteTransaction(DatabaseConnection connection, TimeProvider timeProvider)
    {
        Connection = connection;
        _timeProvider = timeProvider;
        Lanes = new LaneBook(connection);
        Endpoints = new EndpointBook(connection);
        Hours = new HourBook(connection);
        Pending = new PendingRows(this);
    }

    public DatabaseConnection Connection { get; }

    public LaneBook Lanes { get; }

    public EndpointBook Endpoints { get; }

    public HourBook Hours { get; }

    public PendingRows Pending { get; }

    public long EndpointRevision => _meta.EndpointRevision;

    public long LastMessage => _meta.LastMessage;

    public long LastDelivery => _meta.LastDelivery;

    public long Now => StoreTime.From(_timeProvider.GetUtcNow());

    /// <summary>Begins, as the one who writes. Throws a busy error while somebody else does.</summary>
    public void Begin()
    {
        Connection.Run("BEGIN IMMEDIATE");
        Join();
    }

    /// <summary>Goes on in a transaction that has begun and that holds the write lock.</summary>
    public void Join()
    {
        Forget();
        _meta = _saved = StoreMeta.Load(Connection);
        Endpoints.Revision = _meta.EndpointRevision;
    }

    public void Commit()
    {
        Flush();
        Connection.Run("COMMIT");
    }

    public void Rollback()
    {
        Connection.Abandon();
        Forget();
        Endpoints.Clear();
    }

    /// <summary>Writes what was only counted until now.</summary>
    public void Flush()
    {
        Hours.Flush();
        if (_meta != _saved)
            _meta.Save(Connection);
        _saved = _meta;
    }

    /// <summary>Does an operation so that only it is undone if it fails.</summary>
    public void RunApart(WriteOperation operation)
    {
        Flush();
        var before = _meta;
        Connection.Run("SAVEPOINT one");
        try
        {
            operation.Execute(this);
            Flush();
            Connection.Run("RELEASE one");
        }
        catch when (Connection.IsInTransaction)
        {
            Connection.Reset();
            Connection.Run("ROLLBACK TO one");
            Connection.Run("RELEASE one");
            Forget();
            Endpoints.Clear();
            Endpoints.Revision = before.EndpointRevision;
            _meta = _saved = before;
            throw;
        }
    }

    public long NextMessage() => ++_meta.LastMessage;

    public long NextDelivery() => ++_meta.LastDelivery;

    public long NextRevision() => Endpoints.Revision = ++_meta.EndpointRevision;

    public void CountPending(int change) => _meta.Pending += change;

    private void Forget()
    {
        Lanes.Clear();
        Hours.Clear();
    }
}
