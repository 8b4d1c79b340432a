using System.Diagnostics.CodeAnalysis;

namespace Webhooks;

/// <summary>
/// HTTP Message Signatures (RFC 9421) with Content-Digest (RFC 9530): a signature covers named parts of the request, and
/// through its digest the body. The signature is checked before the body is read.
/// </summary>
public sealed class HttpMessageSignatureScheme : SignatureScheme
{
    private const string KeyIdPrefix = "keyid:";

    private readonly HttpMessageVerifier _verifier;
    private readonly HttpMessageSigner _signer;

    /// <summary>Makes a scheme.</summary>
    /// <param name="name">A short name in lower case for configuration, logs and metrics.</param>
    /// <param name="options">What is signed and what is asked of signatures; <see langword="null"/> for the
    /// defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range, or names what can't be signed; the message says
    /// which.</exception>
    public HttpMessageSignatureScheme(string name, HttpMessageSignatureOptions? options = null)
        : base(name)
    {
        Options = options ?? new HttpMessageSignatureOptions();
        Options.Check();
        var keys = new HttpMessageKeys(Options.Algorithms);
        _verifier = new HttpMessageVerifier(Options, keys);
        _signer = new HttpMessageSigner(Options, keys);
    }

    /// <summary>What is signed and what is asked of signatures.</summary>
    public HttpMessageSignatureOptions Options { get; }

    /// <inheritdoc/>
    public override TimeSpan Tolerance => Options.Tolerance;

    /// <inheritdoc/>
    public override MessageFields Fields => Options.Fields;

    /// <inheritdoc/>
    public override bool SignsUrl => true;

    /// <inheritdoc/>
    public override bool SignsId => _verifier.RequiresId;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Headers => _signer.Headers;

    /// <summary>Reads a key: <c>whsec_…</c>, <c>whsk_…</c>, <c>whpk_…</c>, PEM, or the base64 inside it.</summary>
    /// <param name="text">The key; before it may stand <c>keyid:</c>, the name that both sides know it by, and a
    /// space. A shared secret that isn't base64 can be made with <see cref="SigningSecret.FromText"/>.</param>
    /// <returns>The key.</returns>
    /// <exception cref="FormatException">The text isn't such a key; the message doesn't quote it.</exception>
    public override SigningSecret ParseSecret(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var keyId = default(string);
        if (text.StartsWith(KeyIdPrefix, StringComparison.Ordinal)
            && text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end)
        {
            keyId = text[KeyIdPrefix.Length..end];
            text = text[(end + 1)..];
        }

        var secret = SigningSecret.TryParse(text, SecretFormat.Pem, out var key) ? key : SigningSecret.Parse(text);
        if (!_verifier.Keys.CanServe(secret))
            throw new FormatException($"The key fits none of the scheme's algorithms ({_verifier.Keys}).");

        try
        {
            return secret.WithKeyId(keyId);
        }
        catch (ArgumentException exception)
        {
            throw new FormatException(exception.Message);
        }
    }

    /// <inheritdoc/>
    public override void CheckSecret(SigningSecret secret, SecretUse use)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (_verifier.Keys.FindFault(secret, use) is { } fault)
            throw new ArgumentException(fault, nameof(secret));
    }

    /// <inheritdoc/>
    public override void Sign(in SigningContext context, ReadOnlySpan<byte> body, ISignatureHeaderWriter headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        _signer.Sign(this, context, body, headers);
    }

    /// <inheritdoc/>
    public override bool TryBeginVerification(
        in VerificationContext context,
        [NotNullWhen(true)] out SignatureVerification? verification,
        out VerificationResult refusal)
    {
        if (context.Url is null)
        {
            throw new ArgumentException($"The scheme '{Name}' signs the URL. Set VerificationContext.Url.",
                nameof(context));
        }

        for (var index = 0; index < context.Secrets.Count; index++)
            CheckSecret(context.Secrets[index], SecretUse.Verify);

        var outcome = _verifier.Begin(context, out verification);
        refusal = outcome == VerificationOutcome.Verified ? default : VerificationResult.Refuse(outcome);
        return verification is not null;
    }
}
