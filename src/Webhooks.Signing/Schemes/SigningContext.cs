namespace Webhooks;

/// <summary>What a signature may cover besides the body, and what signs it.</summary>
public readonly struct SigningContext
{
    /// <summary>Makes a context for a POST request.</summary>
    public SigningContext()
    {
    }

    /// <summary>The id of the message, the same in every attempt.</summary>
    public required MessageId MessageId { get; init; }

    /// <summary>When this attempt is made: each attempt has its own.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The secrets; every one that is active at <see cref="Timestamp"/> signs, the first one first.</summary>
    public required IReadOnlyList<SigningSecret> Secrets { get; init; }

    /// <summary>The event type, for schemes that carry it in a header; <see langword="null"/> to leave it
    /// out.</summary>
    public string? EventType { get; init; }

    /// <summary>The value of the request's <c>Content-Type</c> header, for schemes that sign it;
    /// <see langword="null"/> if there is none.</summary>
    public string? ContentType { get; init; }

    /// <summary>The request's method, for schemes that sign it.</summary>
    /// <value>The default is <c>POST</c>.</value>
    public string Method { get; init; } = "POST";

    /// <summary>The request's URL, for schemes that sign it.</summary>
    public string? Url { get; init; }
}
