using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks;

/// <summary>
/// AES-256-GCM. The first key encrypts, all of them decrypt. Layout: version (1 byte), key id (8), nonce (12), tag
/// (16), ciphertext; the bytes before the nonce and the purpose are authenticated.
/// </summary>
internal sealed class AesSecretProtector : WebhookSecretProtector
{
    public const int KeyLength = 32;

    private const byte Version = 1;
    private const int HeaderLength = 1 + sizeof(ulong);
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Overhead = HeaderLength + NonceLength + TagLength;

    private readonly ulong _current;
    private readonly Dictionary<ulong, byte[]> _keys = [];

    public AesSecretProtector(IReadOnlyList<byte[]> keys)
    {
        if (keys.Count == 0)
            throw new ArgumentException("Give at least one key of 32 bytes.", nameof(keys));
        if (keys.Any(static key => key is not { Length: KeyLength }))
            throw new ArgumentException("A key is 32 random bytes: 'openssl rand -base64 32' makes one.", nameof(keys));

        // The key itself is used for nothing, so that its id tells nothing about the one that encrypts.
        foreach (var key in keys)
            _keys.TryAdd(IdOf(key), Derive(key, "webhooks secrets", KeyLength));
        _current = IdOf(keys[0]);
    }

    public override byte[] Protect(ReadOnlySpan<byte> secret, string purpose)
    {
        var result = new byte[Overhead + secret.Length];
        var nonce = result.AsSpan(HeaderLength, NonceLength);
        result[0] = Version;
        BinaryPrimitives.WriteUInt64BigEndian(result.AsSpan(1), _current);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_keys[_current], TagLength);
        aes.Encrypt(
            nonce,
            secret,
            result.AsSpan(Overhead),
            result.AsSpan(HeaderLength + NonceLength, TagLength),
            Associated(result.AsSpan(0, HeaderLength), purpose));
        return result;
    }

    public override byte[] Unprotect(ReadOnlySpan<byte> protectedSecret, string purpose)
    {
        if (protectedSecret.Length < Overhead || protectedSecret[0] != Version)
            throw new CryptographicException("It wasn't protected by these keys.");
        if (!_keys.TryGetValue(BinaryPrimitives.ReadUInt64BigEndian(protectedSecret[1..]), out var key))
            throw new CryptographicException("It was protected by a key that isn't among those given.");

        var secret = new byte[protectedSecret.Length - Overhead];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(
            protectedSecret.Slice(HeaderLength, NonceLength),
            protectedSecret[Overhead..],
            protectedSecret.Slice(HeaderLength + NonceLength, TagLength),
            secret,
            Associated(protectedSecret[..HeaderLength], purpose));
        return secret;
    }

    private static byte[] Associated(ReadOnlySpan<byte> header, string purpose)
        => [.. header, .. Encoding.UTF8.GetBytes(purpose)];

    private static ulong IdOf(byte[] key)
        => BinaryPrimitives.ReadUInt64BigEndian(Derive(key, "webhooks key id", sizeof(ulong)));

    private static byte[] Derive(byte[] key, string use, int length)
        => HKDF.Expand(HashAlgorithmName.SHA256, key, length, Encoding.ASCII.GetBytes(use));
}
