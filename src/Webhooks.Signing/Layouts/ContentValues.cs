namespace Webhooks;

/// <summary>The values that a content template's tokens stand for in one request.</summary>
internal readonly ref struct ContentValues
{
    public string? Id { get; init; }

    /// <summary>The timestamp exactly as the header has it.</summary>
    public ReadOnlySpan<char> Timestamp { get; init; }

    public string Method { get; init; }

    public string? Url { get; init; }
}
