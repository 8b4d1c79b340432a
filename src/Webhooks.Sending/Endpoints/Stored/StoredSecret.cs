namespace Webhooks;

/// <summary>Turns signing secrets into what is stored of them, and back.</summary>
internal static class StoredSecret
{
    private const string Bytes = "bytes";
    private const string Ed25519 = "ed25519";
    private const string Text = "text";
    private const string Base64 = "base64";
    private const string Hex = "hex";
    private const string Pem = "pem";

    public static SecretSettings Write(SigningSecret secret) => new()
    {
        Format = FormatOf(secret),
        Value = FormatOf(secret) == Bytes ? Convert.ToBase64String(secret.RevealKey()) : secret.Reveal(),
        KeyId = secret.KeyId,
        From = secret.ValidFrom,
        Until = secret.ValidUntil,
    };

    /// <exception cref="FormatException">It isn't a secret; the message doesn't quote it.</exception>
    /// <exception cref="ArgumentException">Its window ends before it starts.</exception>
    public static SigningSecret Read(SecretSettings stored)
    {
        var secret = stored.Format switch
        {
            Bytes => SigningSecret.FromBytes(Convert.FromBase64String(stored.Value)),
            Ed25519 => SigningSecret.Parse(stored.Value),
            Text => SigningSecret.Parse(stored.Value, SecretFormat.Text),
            Base64 => SigningSecret.Parse(stored.Value, SecretFormat.Base64),
            Hex => SigningSecret.Parse(stored.Value, SecretFormat.Hex),
            Pem => SigningSecret.Parse(stored.Value, SecretFormat.Pem),
            _ => throw new FormatException("The format of a signing secret isn't known."),
        };
        secret = stored.KeyId is null ? secret : secret.WithKeyId(stored.KeyId);
        return stored.From is null && stored.Until is null ? secret : secret.WithValidity(stored.From, stored.Until);
    }

    private static string FormatOf(SigningSecret secret) => (secret.Kind, secret.Format) switch
    {
        (SecretKind.PublicKey or SecretKind.PrivateKey, _) => Pem,
        (not SecretKind.Symmetric, _) => Ed25519,
        (_, SecretFormat.Text) => Text,
        (_, SecretFormat.Base64) => Base64,
        (_, SecretFormat.Hex) => Hex,
        _ => Bytes,
    };
}
