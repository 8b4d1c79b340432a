namespace Webhooks;

/// <summary>The database's file isn't where it was opened. Trying again doesn't help until somebody has put it
/// back.</summary>
internal sealed class FileGoneException(string message) : InvalidOperationException(message);
