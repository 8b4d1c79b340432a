using System.Collections.Concurrent;

namespace Webhooks;

/// <summary>Connections for queries. With a write-ahead log they see the last commit and wait for nobody.</summary>
internal sealed class ReaderPool(SqliteDatabase database, GroupRunner runner) : IDisposable
{
    private const int MostReaders = 4;

    private readonly SemaphoreSlim _free = new(MostReaders);
    private readonly ConcurrentBag<DatabaseConnection> _idle = [];
    private volatile bool _isDisposed;

    /// <summary>Runs a query on a thread of the pool, since SQLite's calls block.</summary>
    public async Task<T> RunAsync<T>(Func<DatabaseConnection, T> query, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(SqliteStore));
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Run(query), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        CloseIdle();
    }

    private T Run<T>(Func<DatabaseConnection, T> query)
    {
        if (!_idle.TryTake(out var connection))
            connection = Open();
        try
        {
            connection.CheckFile();
            var result = connection.Read(query);
            _idle.Add(connection);
            connection = null;
            return result;
        }
        finally
        {
            // One that failed may know wrong things of the file.
            connection?.Dispose();
            if (_isDisposed)
                CloseIdle();
        }
    }

    private DatabaseConnection Open()
    {
        if (!File.Exists(runner.Path))
            throw SqliteErrors.Gone(runner.Path);

        var connection = database.OpenReader();
        if (SchemaMigration.HasTables(connection))
            return connection;

        connection.Dispose();
        throw SqliteErrors.Gone(runner.Path);
    }

    private void CloseIdle()
    {
        while (_idle.TryTake(out var connection))
            connection.Dispose();
    }
}
