using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks;

/// <summary>The text forms of secrets: how each is read and written.</summary>
internal static class SecretText
{
    public const string SymmetricPrefix = "whsec_";
    public const string PrivateKeyPrefix = "whsk_";
    public const string PublicKeyPrefix = "whpk_";

    private const int MaximumTextLength = 4096;

    /// <summary>Reads a secret; where it can't be read, says why without quoting any of it.</summary>
    public static bool TryRead(
        string? text,
        SecretFormat format,
        [NotNullWhen(true)] out SigningSecret? secret,
        [NotNullWhen(false)] out string? fault)
    {
        secret = null;
        fault = string.IsNullOrWhiteSpace(text) ? "The signing secret is empty."
            : text.Length > MaximumTextLength ? $"The signing secret is longer than {MaximumTextLength} characters."
            : null;
        if (fault is not null)
        {
            return false;
        }

        return format switch
        {
            SecretFormat.WebhookSecret => TryReadPrefixed(text!, out secret, out fault),
            SecretFormat.Text => Accept(Encoding.UTF8.GetBytes(text!), format, out secret),
            SecretFormat.Base64 => TryReadEncoded(TryDecodeBase64(text), format, out secret, out fault),
            SecretFormat.Hex => TryReadEncoded(TryDecodeHex(text!), format, out secret, out fault),
            SecretFormat.Pem => KeyText.TryRead(text!, out secret, out fault),
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };
    }

    public static string Write(ReadOnlySpan<byte> key, SecretKind kind, SecretFormat format) => (kind, format) switch
    {
        (SecretKind.Ed25519PrivateKey, _) => PrivateKeyPrefix + Convert.ToBase64String(key),
        (SecretKind.Ed25519PublicKey, _) => PublicKeyPrefix + Convert.ToBase64String(key),
        (SecretKind.PublicKey or SecretKind.PrivateKey, _) => KeyText.Write(key, kind),
        (_, SecretFormat.Text) => Encoding.UTF8.GetString(key),
        (_, SecretFormat.Base64) => Convert.ToBase64String(key),
        (_, SecretFormat.Hex) => Convert.ToHexStringLower(key),
        _ => SymmetricPrefix + Convert.ToBase64String(key),
    };

    private static bool TryReadPrefixed(
        string text, [NotNullWhen(true)] out SigningSecret? secret, [NotNullWhen(false)] out string? fault)
    {
        var (kind, prefix, minimum, maximum) = Shape(text);
        var key = TryDecodeBase64(text.AsSpan(prefix));
        secret = null;
        fault = key is null
            ? "The signing secret is not base64 (RFC 4648, section 4) after its prefix. Copy it whole, without spaces."
            : key.Length < minimum || key.Length > maximum
                ? $"The signing secret holds {key.Length} bytes; {Expected(minimum, maximum)}."
                : null;
        if (fault is not null)
        {
            CryptographicOperations.ZeroMemory(key);
            return false;
        }

        secret = new SigningSecret(key!, kind, SecretFormat.WebhookSecret);
        return true;
    }

    private static (SecretKind Kind, int PrefixLength, int Minimum, int Maximum) Shape(string text) =>
        text.StartsWith(PrivateKeyPrefix, StringComparison.Ordinal)
            ? (SecretKind.Ed25519PrivateKey, PrivateKeyPrefix.Length, 64, 64)
            : text.StartsWith(PublicKeyPrefix, StringComparison.Ordinal)
                ? (SecretKind.Ed25519PublicKey, PublicKeyPrefix.Length, 32, 32)
                : (SecretKind.Symmetric,
                    text.StartsWith(SymmetricPrefix, StringComparison.Ordinal) ? SymmetricPrefix.Length : 0,
                    SigningSecret.MinimumLength,
                    SigningSecret.MaximumLength);

    private static string Expected(int minimum, int maximum) => minimum == maximum
        ? $"a key of this kind holds {minimum}"
        : $"Standard Webhooks asks for {minimum} to {maximum}. SigningSecret.Generate() makes a good one";

    private static bool TryReadEncoded(
        byte[]? key,
        SecretFormat format,
        [NotNullWhen(true)] out SigningSecret? secret,
        [NotNullWhen(false)] out string? fault)
    {
        secret = null;
        fault = key is null ? $"The signing secret is not {format}." : null;
        return key is not null && Accept(key, format, out secret);
    }

    private static bool Accept(byte[] key, SecretFormat format, out SigningSecret secret)
    {
        secret = new SigningSecret(key, SecretKind.Symmetric, format);
        return true;
    }

    // The platform's decoder skips white space anywhere, which would let a damaged copy pass for the whole.
    private static byte[]? TryDecodeBase64(ReadOnlySpan<char> text)
    {
        var key = new byte[text.Length / 4 * 3 + 3];
        var valid = SignatureEncodings.TryDecodeBase64(text, key, out var length) && length > 0;
        var exact = valid ? key[..length] : null;
        CryptographicOperations.ZeroMemory(key);
        return exact;
    }

    private static byte[]? TryDecodeHex(string text)
    {
        var key = new byte[text.Length / 2];
        return SignatureEncodings.TryDecodeHex(text, key) ? key : null;
    }
}
