using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Webhooks;

/// <summary>
/// A secret that signs webhooks, verifies them, or both. It is never printed: <see cref="ToString"/>, debuggers and
/// JSON show a placeholder, and only <see cref="Reveal"/> gives the text.
/// </summary>
/// <remarks>
/// Safe for use by many threads at once. Dispose it when it will not be used again: the key is then wiped from memory.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(SigningSecretJsonConverter))]
public sealed class SigningSecret : IDisposable
{
    /// <summary>The least length of a <c>whsec_</c> key: 24 bytes (Standard Webhooks specification).</summary>
    public const int MinimumLength = 24;

    /// <summary>The greatest length of a <c>whsec_</c> key: 64 bytes (Standard Webhooks specification).</summary>
    public const int MaximumLength = 64;

    internal const string Redacted = "[signing secret]";

    private const int MaximumKeyIdLength = 256;
    private const int MaximumOwnerLength = 256;

    private readonly SecretKey _key;

    internal SigningSecret(byte[] key, SecretKind kind, SecretFormat format)
        : this(new SecretKey(key), kind, format)
    {
    }

    private SigningSecret(SecretKey key, SecretKind kind, SecretFormat format)
    {
        (_key, Kind, Format) = (key, kind, format);
    }

    private SigningSecret(SigningSecret other)
        : this(other._key, other.Kind, other.Format)
    {
        (KeyId, Owner, ValidFrom, ValidUntil) = (other.KeyId, other.Owner, other.ValidFrom, other.ValidUntil);
    }

    /// <summary>What the secret can do.</summary>
    public SecretKind Kind { get; }

    /// <summary>How <see cref="Reveal"/> writes the secret; <see cref="SecretFormat.WebhookSecret"/> for those made
    /// from bytes or at random, and for ed25519 keys.</summary>
    public SecretFormat Format { get; }

    /// <summary>The name that both sides know the key by (<c>keyid</c> in RFC 9421), or <see langword="null"/>. Schemes
    /// whose messages don't name their key take no notice of it.</summary>
    public string? KeyId { get; private init; }

    /// <summary>Whose secret it is, where one source verifies the webhooks of several senders, or <see langword="null"/>.
    /// What one of them sends is then never taken for a duplicate of what another sent, whatever ids they choose.</summary>
    public string? Owner { get; private init; }

    /// <summary>The instant from which the secret is active, or <see langword="null"/> if it always was.</summary>
    public DateTimeOffset? ValidFrom { get; private init; }

    /// <summary>The instant at which the secret stops being active, or <see langword="null"/> if it never
    /// does.</summary>
    public DateTimeOffset? ValidUntil { get; private init; }

    internal SecretKey Key => _key;

    /// <summary>Makes a new symmetric secret from a secure random source.</summary>
    /// <param name="length">The key's length in bytes, 24 to 64. The default is 32.</param>
    /// <returns>The secret; its text form starts with <c>whsec_</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is not 24 to 64.</exception>
    public static SigningSecret Generate(int length = 32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, MinimumLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaximumLength);
        return new SigningSecret(
            RandomNumberGenerator.GetBytes(length), SecretKind.Symmetric, SecretFormat.WebhookSecret);
    }

    /// <summary>Reads a secret from its text form.</summary>
    /// <param name="text">The text.</param>
    /// <param name="format">How the text is written. The default is <see cref="SecretFormat.WebhookSecret"/>.</param>
    /// <returns>The secret.</returns>
    /// <exception cref="FormatException">The text is not a secret of that format; the message says why and does not
    /// quote it.</exception>
    public static SigningSecret Parse(string text, SecretFormat format = SecretFormat.WebhookSecret) =>
        SecretText.TryRead(text, format, out var secret, out var fault) ? secret : throw new FormatException(fault);

    /// <summary>Reads a secret from its <see cref="SecretFormat.WebhookSecret"/> form, if it is one.</summary>
    /// <param name="text">The text; <see langword="null"/> is not a secret.</param>
    /// <param name="secret">The secret.</param>
    /// <returns>Whether <paramref name="text"/> is a secret.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out SigningSecret? secret) =>
        TryParse(text, SecretFormat.WebhookSecret, out secret);

    /// <summary>Reads a secret from its text form, if it is one.</summary>
    /// <param name="text">The text; <see langword="null"/> is not a secret.</param>
    /// <param name="format">How the text is written.</param>
    /// <param name="secret">The secret.</param>
    /// <returns>Whether <paramref name="text"/> is a secret.</returns>
    public static bool TryParse(
        [NotNullWhen(true)] string? text, SecretFormat format, [NotNullWhen(true)] out SigningSecret? secret) =>
        SecretText.TryRead(text, format, out secret, out _);

    /// <summary>Takes the UTF-8 bytes of a text as the key, as GitHub, Stripe, Slack and Shopify do.</summary>
    /// <param name="text">The text, as the provider shows it, prefix included.</param>
    /// <returns>The secret.</returns>
    /// <exception cref="FormatException"><paramref name="text"/> is empty or white space.</exception>
    public static SigningSecret FromText(string text) => Parse(text, SecretFormat.Text);

    /// <summary>Takes bytes as a symmetric key, whatever their number.</summary>
    /// <param name="key">The key, at least one byte. It is copied.</param>
    /// <returns>The secret; its text form starts with <c>whsec_</c>.</returns>
    /// <exception cref="ArgumentException"><paramref name="key"/> is empty.</exception>
    public static SigningSecret FromBytes(ReadOnlySpan<byte> key)
    {
        if (key.IsEmpty)
        {
            throw new ArgumentException("A key of no bytes would let anyone sign. Pass at least one.", nameof(key));
        }

        return new SigningSecret(key.ToArray(), SecretKind.Symmetric, SecretFormat.WebhookSecret);
    }

    /// <summary>The same secret, active only for a time. The key is shared: disposing of either wipes both.</summary>
    /// <param name="from">The first instant at which it is active, or <see langword="null"/> for always.</param>
    /// <param name="until">The first instant at which it no longer is, or <see langword="null"/> for never.</param>
    /// <returns>The secret with that window.</returns>
    /// <exception cref="ArgumentException"><paramref name="until"/> is not after <paramref name="from"/>.</exception>
    public SigningSecret WithValidity(DateTimeOffset? from, DateTimeOffset? until) => until <= from
        ? throw new ArgumentException("The window ends before it starts.", nameof(until))
        : new SigningSecret(this) { ValidFrom = from, ValidUntil = until };

    /// <summary>The same secret under a name. The key is shared: disposing of either wipes both.</summary>
    /// <param name="keyId">The name, 1 to 256 characters of printable ASCII, or <see langword="null"/> for
    /// none.</param>
    /// <returns>The secret with that name.</returns>
    /// <exception cref="ArgumentException"><paramref name="keyId"/> is no such name.</exception>
    public SigningSecret WithKeyId(string? keyId) =>
        keyId is "" or { Length: > MaximumKeyIdLength } || !HeaderRules.IsPlain(keyId)
            ? throw new ArgumentException(
                $"A key id is 1 to {MaximumKeyIdLength} characters of printable ASCII.", nameof(keyId))
            : new SigningSecret(this) { KeyId = keyId };

    /// <summary>The same secret as that of a sender. The key is shared: disposing of either wipes both.</summary>
    /// <param name="owner">The sender, such as a tenant's id: 1 to 256 characters; or <see langword="null"/> for
    /// none.</param>
    /// <returns>The secret with that owner.</returns>
    /// <exception cref="ArgumentException"><paramref name="owner"/> is empty or longer.</exception>
    public SigningSecret WithOwner(string? owner) => owner is "" or { Length: > MaximumOwnerLength }
        ? throw new ArgumentException($"An owner has 1 to {MaximumOwnerLength} characters.", nameof(owner))
        : new SigningSecret(this) { Owner = owner };

    /// <summary>Whether the secret may sign and verify at an instant.</summary>
    /// <param name="at">The instant.</param>
    /// <returns>Whether it lies in the secret's window.</returns>
    public bool IsActive(DateTimeOffset at) =>
        (ValidFrom is null || at >= ValidFrom) && (ValidUntil is null || at < ValidUntil);

    /// <summary>The secret's text form, to be stored safely or shown once to whoever shares it.</summary>
    /// <returns>Text that <see cref="Parse"/> reads back, without the <see cref="KeyId"/>.</returns>
    /// <exception cref="ObjectDisposedException">The secret has been disposed of.</exception>
    public string Reveal() => SecretText.Write(_key.Bytes, Kind, Format);

    /// <summary>The key's bytes, for schemes with an algorithm of their own. Don't keep them.</summary>
    /// <returns>The bytes; for an ed25519 private key the seed and the public key, 32 bytes each.</returns>
    /// <exception cref="ObjectDisposedException">The secret has been disposed of.</exception>
    public ReadOnlySpan<byte> RevealKey() => _key.Bytes;

    /// <summary>A placeholder; never the secret.</summary>
    /// <returns>The placeholder.</returns>
    public override string ToString() => Redacted;

    /// <summary>Wipes the key from memory. The secret can't be used afterwards.</summary>
    public void Dispose() => _key.Dispose();
}
