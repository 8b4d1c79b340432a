namespace Webhooks;

/// <summary>How SQLite makes sure that what is committed is on the disk; its <c>PRAGMA synchronous</c>.</summary>
public enum SqliteSynchronous
{
    /// <summary>Each commit is flushed to the disk: it survives a power cut.</summary>
    Full = 0,

    /// <summary>Commits survive the process, but a power cut or a crash of the operating system may undo the latest
    /// ones. The database stays whole.</summary>
    Normal = 1,

    /// <summary>As <see cref="Full"/>, and on macOS the disk's own cache is flushed as well.</summary>
    Extra = 2,
}
