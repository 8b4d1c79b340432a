namespace Webhooks;

/// <summary>
/// A scheme that signs with a shared secret (HMAC, RFC 2104), with the headers and the signed content of a
/// <see cref="SignatureLayout"/>. Most providers are one of these: see <see cref="SignatureSchemes"/>.
/// </summary>
public sealed class HmacSignatureScheme : LayoutSignatureScheme
{
    private readonly HmacAlgorithm _algorithm;

    /// <summary>Makes a scheme.</summary>
    /// <param name="name">A short name in lower case for configuration, logs and metrics.</param>
    /// <param name="layout">The headers and the signed content.</param>
    /// <param name="algorithm">The hash function. The default is SHA-256.</param>
    /// <param name="secretFormat">How the scheme's users write secrets. The default is the text as it stands.</param>
    /// <exception cref="ArgumentException">The layout doesn't fit together; the message names the property.</exception>
    public HmacSignatureScheme(
        string name,
        SignatureLayout layout,
        HmacAlgorithm algorithm = HmacAlgorithm.Sha256,
        SecretFormat secretFormat = SecretFormat.Text)
        : base(name, layout, HmacComputation.LengthOf(algorithm))
    {
        _algorithm = algorithm;
        SecretFormat = secretFormat;
    }

    /// <summary>How the scheme's users write secrets.</summary>
    public SecretFormat SecretFormat { get; }

    /// <inheritdoc/>
    public override SigningSecret ParseSecret(string text)
    {
        var secret = SigningSecret.Parse(text, SecretFormat);
        return secret.Kind == SecretKind.Symmetric
            ? secret
            : throw new FormatException(Refusal);
    }

    /// <inheritdoc/>
    public override void CheckSecret(SigningSecret secret, SecretUse use)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.Kind != SecretKind.Symmetric)
        {
            throw new ArgumentException(Refusal, nameof(secret));
        }
    }

    /// <inheritdoc/>
    protected override SignatureComputation CreateComputation() => new HmacComputation(_algorithm);

    private string Refusal =>
        $"The scheme '{Name}' signs with a shared secret and can't use an ed25519 key. Use a secret that starts with "
            + "whsec_, or the scheme for ed25519.";
}
