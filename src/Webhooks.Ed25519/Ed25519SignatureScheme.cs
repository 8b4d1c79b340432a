namespace Webhooks;

/// <summary>
/// A scheme that signs with a private key and verifies with the public one (Ed25519, RFC 8032), with the headers and
/// the signed content of a <see cref="SignatureLayout"/>. A receiver can then verify but not forge.
/// </summary>
public sealed class Ed25519SignatureScheme : LayoutSignatureScheme
{
    /// <summary>Makes a scheme.</summary>
    /// <param name="name">A short name in lower case for configuration, logs and metrics.</param>
    /// <param name="layout">The headers and the signed content. Each signature costs a receiver some 50 µs, so keep
    /// <see cref="SignatureLayout.MaximumSignatures"/> low.</param>
    /// <param name="secretFormat">How the scheme's users write public keys: <see cref="SecretFormat.Hex"/> for 64
    /// hexadecimal digits. The default is <c>whpk_</c> and base64, which is always read.</param>
    /// <exception cref="ArgumentException">The layout doesn't fit together; the message names the property.</exception>
    public Ed25519SignatureScheme(
        string name, SignatureLayout layout, SecretFormat secretFormat = SecretFormat.WebhookSecret)
        : base(name, layout, Ed25519Keys.SignatureLength)
    {
        SecretFormat = secretFormat;
    }

    /// <summary>How the scheme's users write public keys.</summary>
    public SecretFormat SecretFormat { get; }

    /// <summary>Reads a key.</summary>
    /// <param name="text"><c>whsk_</c> and a private key to sign, <c>whpk_</c> and a public key to verify.</param>
    /// <returns>The key.</returns>
    /// <exception cref="FormatException">The text isn't such a key; the message doesn't quote it.</exception>
    public override SigningSecret ParseSecret(string text)
    {
        var secret = SecretFormat == SecretFormat.Hex && text is { Length: 64 } && text.All(char.IsAsciiHexDigit)
            ? SigningSecret.Parse("whpk_" + Convert.ToBase64String(Convert.FromHexString(text)))
            : SigningSecret.Parse(text);
        return Ed25519Keys.FaultOf(secret) is { } fault ? throw new FormatException(fault) : secret;
    }

    /// <inheritdoc/>
    public override void CheckSecret(SigningSecret secret, SecretUse use)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (Ed25519Keys.FaultOf(secret, use) is { } fault)
        {
            throw new ArgumentException(fault, nameof(secret));
        }
    }

    /// <inheritdoc/>
    protected override SignatureComputation CreateComputation() => new Ed25519Computation();
}
