using Npgsql;

namespace Webhooks;

/// <summary>Statements that go to the server together: one round trip, and outside of a transaction one of its
/// own.</summary>
internal sealed class Statements : IAsyncDisposable
{
    private readonly NpgsqlBatch _batch;
    private readonly bool _prepare;

    public Statements(NpgsqlConnection connection, NpgsqlTransaction? transaction, bool prepare)
    {
        _batch = new NpgsqlBatch(connection, transaction);
        _prepare = prepare;
    }

    public Statements Add(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        _batch.BatchCommands.Add(command);
        return this;
    }

    /// <summary>How many there are so far.</summary>
    public int Count => _batch.BatchCommands.Count;

    /// <summary>Runs the statements, and goes to the results of one of them.</summary>
    public async Task<NpgsqlDataReader> ReadAsync(int statement, CancellationToken cancellationToken)
    {
        if (_prepare)
            await _batch.PrepareAsync(cancellationToken).ConfigureAwait(false);
        var reader = await _batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            for (var i = 0; i < statement; i++)
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            return reader;
        }
        catch
        {
            await reader.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_prepare)
            await _batch.PrepareAsync(cancellationToken).ConfigureAwait(false);
        await _batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _batch.DisposeAsync();
}
