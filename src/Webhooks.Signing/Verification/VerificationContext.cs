namespace Webhooks;

/// <summary>What a scheme looks at, besides the body, to verify a request.</summary>
public readonly struct VerificationContext
{
    /// <summary>Makes a context for a POST request without headers or secrets.</summary>
    public VerificationContext()
    {
    }

    /// <summary>The request's headers.</summary>
    public required SignatureHeaders Headers { get; init; }

    /// <summary>The secrets of which any active one may have signed.</summary>
    public required IReadOnlyList<SigningSecret> Secrets { get; init; }

    /// <summary>The receiver's clock.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>
    /// How far the timestamp may lie from <see cref="Now"/>, in either direction; <see langword="null"/> for the
    /// scheme's own tolerance (<see cref="SignatureScheme.Tolerance"/>).
    /// </summary>
    public TimeSpan? Tolerance { get; init; }

    /// <summary>The request's method, for schemes that sign it.</summary>
    /// <value>The default is <c>POST</c>.</value>
    public string Method { get; init; } = "POST";

    /// <summary>The URL that the sender was given, as it was given, for schemes that sign it.</summary>
    public string? Url { get; init; }

    /// <summary>
    /// Where schemes whose keys are published at a URL get them; <see langword="null"/> if there is none: such schemes
    /// then refuse with <see cref="VerificationOutcome.KeyUnavailable"/>.
    /// </summary>
    public SignatureKeySource? Keys { get; init; }
}
