using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Webhooks;

/// <summary>
/// A scheme that signs nothing: the sender shows a secret in a header, the same one every time. For senders that offer
/// no more, such as Telegram and older GitLab.
/// </summary>
/// <remarks>
/// Whoever sees one request can send any other: have the transport encrypted, and prefer a scheme that signs wherever
/// the sender has one. The token is compared in constant time, and before a byte of the body is read.
/// </remarks>
public sealed class TokenSignatureScheme : SignatureScheme
{
    private readonly string _header;
    private readonly string _prefix;

    /// <summary>Makes a scheme.</summary>
    /// <param name="name">A short name in lower case for configuration, logs and metrics.</param>
    /// <param name="header">The header that carries the token.</param>
    /// <param name="prefix">What stands before the token, such as <c>Bearer </c>, in any case. The default is nothing.
    /// </param>
    /// <param name="fields">Where the message id and the event type are found. The default is nowhere.</param>
    /// <exception cref="ArgumentException">The name or the header is blank.</exception>
    public TokenSignatureScheme(string name, string header, string prefix = "", MessageFields? fields = null)
        : base(name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(header);
        ArgumentNullException.ThrowIfNull(prefix);
        (_header, _prefix) = (header, prefix);
        Fields = fields ?? MessageFields.None;
        string?[] headers = [Fields.IdHeader, Fields.EventTypeHeader, header];
        Headers = [.. headers.OfType<string>()];
    }

    /// <inheritdoc/>
    public override MessageFields Fields { get; }

    /// <inheritdoc/>
    public override bool ShowsSecret => true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Headers { get; }

    /// <summary>Reads a token.</summary>
    /// <param name="text">The token as it stands in the header: visible ASCII.</param>
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
        {
            throw new ArgumentException(Refusal, nameof(secret));
        }
    }

    /// <inheritdoc/>
    public override void Sign(in SigningContext context, ReadOnlySpan<byte> body, ISignatureHeaderWriter headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        var secret = ActiveSecrets.FirstToSign(this, context);
        FieldHeaders.Write(Fields, context, headers);
        headers.Write(_header, _prefix + Encoding.ASCII.GetString(secret.RevealKey()));
    }

    /// <inheritdoc/>
    public override bool TryBeginVerification(
        in VerificationContext context,
        [NotNullWhen(true)] out SignatureVerification? verification,
        out VerificationResult refusal)
    {
        SigningSecret? secret = null;
        var header = context.Headers.Find(_header);
        var outcome = HeaderRules.JudgePlain(header);
        if (outcome == VerificationOutcome.Verified)
        {
            outcome = header.Value!.StartsWith(_prefix, StringComparison.OrdinalIgnoreCase)
                ? ShownSecret.Find(this, context, header.Value.AsSpan(_prefix.Length), out secret)
                : VerificationOutcome.SignatureMismatch;
        }

        verification = secret is null ? null : new DecidedVerification(VerificationResult.Accept(secret, null, null));
        refusal = verification is null ? VerificationResult.Refuse(outcome) : default;
        return verification is not null;
    }

    private string Refusal => $"A secret of the scheme '{Name}' is a token that a header can hold: visible ASCII.";

    private static bool IsToken(SigningSecret secret) =>
        secret.Kind == SecretKind.Symmetric && !secret.RevealKey().ContainsAnyExceptInRange((byte)'!', (byte)'~');
}
