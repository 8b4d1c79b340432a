using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>
/// How processes that share the file wake each other: by touching a file in a folder beside it, which the others watch.
/// To watch the database itself would mean to be woken by every commit of one's own.
/// </summary>
internal sealed class WakeFolder(ILogger logger)
{
    private const string FileName = "wake";

    /// <summary>The folder that belongs to a database file.</summary>
    public static string Of(string path) => $"{path}-wake";

    /// <summary>Wakes whoever listens.</summary>
    public void Notify(string path)
    {
        try
        {
            // Without a folder nobody has listened.
            if (Directory.Exists(Of(path)))
                File.WriteAllBytes(Path.Combine(Of(path), FileName), []);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // They look by themselves within seconds.
            logger.NotifyFailed(exception);
        }
    }

    /// <summary>Calls back whenever somebody notifies, until cancelled.</summary>
    public async Task ListenAsync(string path, Action wake, CancellationToken cancellationToken)
    {
        using var watcher = Watch(Of(path), wake);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false);
    }

    private FileSystemWatcher? Watch(string folder, Action wake)
    {
        var watcher = default(FileSystemWatcher);
        try
        {
            Directory.CreateDirectory(folder);
            watcher = new FileSystemWatcher(folder) { NotifyFilter = NotifyFilters.LastWrite | NotifyFilters.FileName };
            watcher.Changed += (_, _) => wake();
            watcher.Created += (_, _) => wake();
            watcher.Error += (_, _) => wake();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            // Watches are scarce on some systems. Looking every few seconds does without.
            logger.WatchFailed(exception, folder);
            watcher?.Dispose();
            return null;
        }
    }
}
