namespace Webhooks;

/// <summary>A scheme of one provider with a shared secret.</summary>
internal abstract class SharedSecretScheme(string name, SecretFormat format) : SignatureScheme(name)
{
    private string Refusal => $"The scheme '{Name}' uses a shared secret and can't use a key pair.";

    public override SigningSecret ParseSecret(string text) => SigningSecret.Parse(text, format);

    public override void CheckSecret(SigningSecret secret, SecretUse use)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.Kind != SecretKind.Symmetric)
        {
            throw new ArgumentException(Refusal, nameof(secret));
        }
    }
}
