namespace Webhooks;

/// <summary>What is kept of an attempt.</summary>
public sealed record AttemptRecord
{
    /// <summary>The first attempt of a delivery is 1; redeliveries count on.</summary>
    public required int Number { get; init; }

    /// <summary>When it began, by the clock of the node that made it.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>From its beginning until the response was read or the error was known.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Who asked for it.</summary>
    public AttemptTrigger Trigger { get; init; }

    /// <summary>Why it failed; <see cref="WebhookErrorKind.None"/> when it succeeded.</summary>
    public WebhookErrorKind Error { get; init; }

    /// <summary>The HTTP status code, or null when there was no answer.</summary>
    public int? StatusCode { get; init; }

    /// <summary>More about the error, for people to read; null for none.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The beginning of the response's body; null for none. It is the receiver's text: encode it before
    /// showing it in HTML.</summary>
    public string? ResponseSnippet { get; init; }

    /// <summary>Whether the receiver accepted the message.</summary>
    public bool Succeeded => Error == WebhookErrorKind.None;

    /// <summary>The number and the status or error, never what the receiver wrote.</summary>
    public override string ToString() => $"attempt {Number}: {(StatusCode is { } status ? status : Error)}";
}
