using System.Globalization;
using Npgsql;

namespace Webhooks;

/// <summary>
/// A PostgreSQL server of a test's own, in a temporary folder, behind a Unix socket. It writes to disk as a real one
/// does. It is gone when this process is, however this process ends.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private readonly PostgresFolder _folder;
    private bool _isPaused;

    private PostgresServer(PostgresFolder folder) => _folder = folder;

    /// <summary>Whether this machine has the server's programs.</summary>
    public static bool IsAvailable => OperatingSystem.IsLinux() && PostgresPrograms.Folder is not null;

    /// <summary>What the server printed so far.</summary>
    public string Output => File.Exists(_folder.LogFile) ? File.ReadAllText(_folder.LogFile) : "";

    /// <summary>Makes a cluster and starts its server.</summary>
    /// <param name="parent">The folder to make it in; null for the temporary folder.</param>
    /// <param name="settings">Lines for the server's configuration, such as <c>max_wal_size=4GB</c>.</param>
    public static async Task<PostgresServer> StartAsync(string? parent = null, params string[] settings)
    {
        if (!IsAvailable)
            throw new InvalidOperationException("This machine has no PostgreSQL server: install the package postgresql.");

        var server = new PostgresServer(PostgresFolder.Create(parent ?? Path.GetTempPath()));
        try
        {
            await server._folder.RunAsync(
                "initdb", "-D", server._folder.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
            await File.AppendAllLinesAsync(Path.Combine(server._folder.Data, "postgresql.conf"),
            [
                "listen_addresses=''", $"unix_socket_directories='{server._folder.Path}'", "max_connections=200",
                "fsync=on", "synchronous_commit=on", "shared_buffers=256MB", "timezone='UTC'", .. settings,
            ]);
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public string ConnectionString(string database = "postgres") =>
        new NpgsqlConnectionStringBuilder { Host = _folder.Path, Username = "postgres", Database = database }.ConnectionString;

    /// <summary>Makes an empty database.</summary>
    /// <returns>How to connect to it.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = "test_" + Random.Shared.NextInt64().ToString("x", CultureInfo.InvariantCulture);
        await ExecuteAsync($"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    /// <summary>Starts a server that was stopped, and waits until it answers.</summary>
    public Task StartAgainAsync() =>
        _folder.RunAsync("pg_ctl", "-D", _folder.Data, "-l", _folder.LogFile, "-w", "-t", "120", "start");

    /// <summary>Stops the server as an administrator does: connections are cut, what they did is finished or undone.</summary>
    public Task StopAsync() => StopAsync("fast");

    /// <summary>Stops the server as a crash does: it recovers from its log when it starts again.</summary>
    public Task StopImmediatelyAsync() => StopAsync("immediate");

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAgainAsync();
    }

    /// <summary>Freezes the server with all its connections, as a failover or a stalled machine looks to clients.</summary>
    public async Task PauseAsync()
    {
        await _folder.SignalAsync("STOP");
        _isPaused = true;
    }

    public async Task ResumeAsync()
    {
        await _folder.SignalAsync("CONT");
        _isPaused = false;
    }

    /// <summary>Cuts the connections to a database.</summary>
    /// <param name="connectionString">How to connect to it.</param>
    /// <param name="applicationName">Only those of this name; null for all.</param>
    /// <returns>How many there were.</returns>
    public async Task<long> CutConnectionsAsync(string connectionString, string? applicationName = null)
    {
        var database = new NpgsqlConnectionStringBuilder(connectionString).Database;
        return (long)(await ExecuteAsync(
            """
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE datname = $1 AND ($2 IS NULL OR application_name = $2) AND pid <> pg_backend_pid()
            """,
            database!,
            applicationName))!;
    }

    /// <summary>Runs a statement in the database <c>postgres</c>.</summary>
    /// <returns>The first value it returns.</returns>
    public async Task<object?> ExecuteAsync(string sql, params string?[] parameters)
    {
        await using var connection = new NpgsqlConnection(ConnectionString() + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters)
            command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = value });
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_isPaused)
            await ResumeAsync();

        await _folder.DisposeAsync();
    }

    private Task StopAsync(string mode) => _folder.RunAsync("pg_ctl", "-D", _folder.Data, "-m", mode, "-w", "-t", "120", "stop");
}
