using System.Globalization;

namespace Webhooks;

/// <summary>One try to send a message to an endpoint.</summary>
/// <remarks>
/// One attempt is one HTTP request, except that a receiver that answers 401 to a cached OAuth token gets a second
/// request with a new token in the same attempt, and one that closes a kept connection without an answer gets the
/// request once more.
/// </remarks>
public sealed class WebhookAttempt
{
    private readonly AttemptOutcome _outcome;

    internal WebhookAttempt(int number, DateTimeOffset startedAt, TimeSpan duration, in AttemptOutcome outcome)
    {
        Number = number;
        StartedAt = startedAt;
        Duration = duration;
        _outcome = outcome;
    }

    /// <summary>The first attempt is 1.</summary>
    public int Number { get; }

    /// <summary>When it began; the signature carries the same time.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>From its beginning until the response was read or the error was known.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Whether the receiver answered 2xx. What happens to the response's body afterwards doesn't
    /// matter.</summary>
    public bool Succeeded => _outcome.Error == WebhookErrorKind.None;

    /// <summary>Why it failed; <see cref="WebhookErrorKind.None"/> when it succeeded.</summary>
    public WebhookErrorKind Error => _outcome.Error;

    /// <summary>More about the error, for people to read; null when the kind and status say all.</summary>
    public string? ErrorMessage => _outcome.ErrorMessage;

    /// <summary>The HTTP status code, or null when there was no answer.</summary>
    public int? StatusCode => _outcome.StatusCode == 0 ? null : _outcome.StatusCode;

    /// <summary>
    /// The beginning of the response's body as text without control characters, at most
    /// <see cref="WebhookSenderOptions.ResponseSnippetLength"/> characters; null when it was empty. It is the
    /// receiver's text: encode it before showing it in HTML.
    /// </summary>
    public string? ResponseSnippet => _outcome.ResponseSnippet;

    /// <summary>Where a redirect pointed, without user info, query and fragment; null without a redirect.</summary>
    public string? RedirectTarget => _outcome.RedirectTarget;

    /// <summary>The wait the receiver asked for with <c>Retry-After</c>, bounded by
    /// <see cref="WebhookSenderOptions.MaxRetryAfter"/>; null when it asked for none.</summary>
    public TimeSpan? RetryAfter => _outcome.RetryAfter;

    /// <summary>What the receiver asked for with <c>webhook-delivery</c>.</summary>
    public DeliveryDirective Directive => _outcome.Directive;

    /// <summary>Whether the status says that the receiver has too much to do: 429, 502, 503 or 504.</summary>
    public bool IsOverload => _outcome.StatusCode is 429 or 502 or 503 or 504;

    /// <summary>Whether the receiver wants nothing more: status 410, or
    /// <see cref="DeliveryDirective.Disable"/>.</summary>
    public bool ShouldDisableEndpoint => _outcome.StatusCode == 410 || Directive == DeliveryDirective.Disable;

    internal bool IsFinal => _outcome.IsFinal;

    /// <summary>What a log or a table says of the error. A redirect often points to the endpoint's own path with a
    /// little added, and the path may hold a token, so only its origin is named.</summary>
    internal string? Detail => ErrorMessage
        ?? (Uri.TryCreate(RedirectTarget, UriKind.Absolute, out var target)
            ? "It pointed to " + target.GetLeftPart(UriPartial.Authority)
            : null);

    /// <summary>The number, status or error, and duration, never what the receiver wrote.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"attempt {Number}: {(StatusCode is { } status ? status.ToString(CultureInfo.InvariantCulture) : Error)} in "
            + $"{Duration.TotalMilliseconds:0} ms");
}
