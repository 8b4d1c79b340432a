using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Webhooks;

/// <summary>
/// A scheme that signs nothing: the sender shows a secret in the query of the URL that it was given. For senders that
/// offer no more than a URL, such as Mailchimp.
/// </summary>
/// <remarks>
/// URLs end up in the logs of servers and proxies, so prefer any other scheme that the sender has. The token is compared
/// in constant time, and before a byte of the body is read.
/// </remarks>
public sealed class UrlTokenSignatureScheme : SignatureScheme
{
    private readonly string _start;

    /// <summary>Makes a scheme.</summary>
    /// <param name="name">A short name in lower case for configuration, logs and metrics.</param>
    /// <param name="parameter">The parameter of the query, in letters, digits, hyphens and underscores. The default is
    /// <c>token</c>.</param>
    /// <param name="fields">Where the message id and the event type are found. The default is nowhere.</param>
    /// <exception cref="ArgumentException">The name or the parameter is blank, or the parameter has other
    /// characters.</exception>
    public UrlTokenSignatureScheme(string name, string parameter = "token", MessageFields? fields = null)
        : base(name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(parameter);
        if (!parameter.All(IsUnreserved))
            throw new ArgumentException(
                "The name of the parameter has a character that a URL would encode.", nameof(parameter));

        _start = parameter + "=";
        Fields = fields ?? MessageFields.None;
    }

    /// <inheritdoc/>
    public override MessageFields Fields { get; }

    /// <inheritdoc/>
    public override bool ShowsSecret => true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Headers { get; } = [];

    /// <inheritdoc/>
    public override bool SignsUrl => true;

    /// <summary>Reads a token.</summary>
    /// <param name="text">The token as it stands in the URL: letters, digits, hyphens and underscores, of which 22 random
    /// ones can't be guessed.</param>
    /// <returns>The secret.</returns>
    /// <exception cref="FormatException">The text isn't a token; the message doesn't quote it.</exception>
    public override SigningSecret ParseSecret(string text)
    {
        var secret = SigningSecret.FromText(text);
        return IsToken(secret) ? secret : throw new FormatException(Refusal);
    }

    /// <inheritdoc/>
    public override void CheckSecret(SigningSecret secret, SecretUse use)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (!IsToken(secret))
            throw new ArgumentException(Refusal, nameof(secret));
    }

    /// <summary>Checks that the URL shows the secret: there is no header to write it to.</summary>
    /// <param name="context">The URL and the secrets.</param>
    /// <param name="body">The body, which isn't signed.</param>
    /// <param name="headers">Gets none.</param>
    /// <exception cref="InvalidOperationException">No secret is active, or the URL doesn't show the first one that
    /// is.</exception>
    public override void Sign(in SigningContext context, ReadOnlySpan<byte> body, ISignatureHeaderWriter headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        var secret = ActiveSecrets.FirstToSign(this, context);
        if (Encoding.ASCII.GetString(secret.RevealKey()) != TokenIn(context.Url))
            throw new InvalidOperationException(
                $"The scheme '{Name}' needs a URL that ends in '?{_start}' and the secret, or has it among its parameters.");
    }

    /// <inheritdoc/>
    public override bool TryBeginVerification(
        in VerificationContext context,
        [NotNullWhen(true)] out SignatureVerification? verification,
        out VerificationResult refusal)
    {
        SigningSecret? secret = null;
        var outcome = TokenIn(context.Url) is { } shown
            ? ShownSecret.Find(this, context, shown, out secret)
            : VerificationOutcome.MissingHeader;
        verification = secret is null ? null : new DecidedVerification(VerificationResult.Accept(secret, null, null));
        refusal = verification is null ? VerificationResult.Refuse(outcome) : default;
        return verification is not null;
    }

    private string Refusal =>
        $"A secret of the scheme '{Name}' is a token of letters, digits, hyphens and underscores.";

    // A token that is there twice is none, so that nothing between can have meant another one than we do.
    private string? TokenIn(string? url)
    {
        var query = url?.IndexOf('?', StringComparison.Ordinal) ?? -1;
        var tokens = query < 0 ? [] : url![(query + 1)..].Split('&')
            .Where(pair => pair.StartsWith(_start, StringComparison.Ordinal)).ToList();
        return tokens is [var token] ? token[_start.Length..] : null;
    }

    private static bool IsUnreserved(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_';

    private static bool IsToken(SigningSecret secret)
    {
        if (secret.Kind != SecretKind.Symmetric)
            return false;

        foreach (var character in secret.RevealKey())
        {
            if (!IsUnreserved((char)character))
                return false;
        }

        return true;
    }
}
