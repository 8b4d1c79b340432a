using System.Text;

namespace Webhooks;

/// <summary>A scheme that only its provider can sign with, and whose secrets name what the receiver trusts.</summary>
internal abstract class CertifiedScheme(string name, string secret) : SignatureScheme(name)
{
    public override IReadOnlyList<string> Headers => [];

    public override SigningSecret ParseSecret(string text)
    {
        var parsed = SigningSecret.FromText(text);
        return IsSecret(text) ? parsed : throw new FormatException($"The scheme '{Name}' needs {secret}.");
    }

    public override void CheckSecret(SigningSecret secret, SecretUse use)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (use == SecretUse.Sign)
        {
            throw new ArgumentException(CannotSign, nameof(secret));
        }

        if (secret.Kind != SecretKind.Symmetric || !IsSecret(Encoding.UTF8.GetString(secret.RevealKey())))
        {
            throw new ArgumentException($"The scheme '{Name}' can't verify with such a secret.", nameof(secret));
        }
    }

    public override void Sign(in SigningContext context, ReadOnlySpan<byte> body, ISignatureHeaderWriter headers) =>
        throw new NotSupportedException(CannotSign);

    protected abstract bool IsSecret(string text);

    private string CannotSign => $"Only its provider has the key of the scheme '{Name}'. Sign with another scheme.";
}
