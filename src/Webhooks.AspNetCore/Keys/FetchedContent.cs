namespace Webhooks;

/// <summary>What lay at a URL.</summary>
/// <param name="Body">The bytes; none when they are as they were.</param>
/// <param name="EntityTag">What to show the next time, if the server gave anything.</param>
/// <param name="IsUnchanged">Whether the server said that what was shown is still so.</param>
internal readonly record struct FetchedContent(ReadOnlyMemory<byte> Body, string? EntityTag, bool IsUnchanged);
