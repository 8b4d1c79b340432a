using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Webhooks;

/// <summary>
/// Hears when a connection commits. SQLite says so just before the commit is on the disk; a claim that begins then
/// waits for the connection's write lock, and so finds what was committed.
/// </summary>
/// <remarks>A connection has one such hook: one that the application has set itself is replaced. After a rollback the
/// next commit calls in vain, which costs a look around.</remarks>
internal sealed class CommitHook
{
    private readonly ILogger _logger;
    private Action? _committed;

    public CommitHook(sqlite3 connection, ILogger logger)
    {
        _logger = logger;
        raw.sqlite3_commit_hook(connection, OnCommit, null);
    }

    /// <summary>Calls an action with the next commit.</summary>
    public void Call(Action committed) => Interlocked.Exchange(ref _committed, committed);

    // SQLite calls this: an exception would end the process, and any result but zero would undo the commit.
    private int OnCommit(object state)
    {
        try
        {
            Interlocked.Exchange(ref _committed, null)?.Invoke();
        }
#pragma warning disable CA1031
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _logger.CommitCallbackThrew(exception);
        }

        return 0;
    }
}
