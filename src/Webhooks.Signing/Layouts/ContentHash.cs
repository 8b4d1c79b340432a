using System.Security.Cryptography;

namespace Webhooks;

/// <summary>A computation that also makes the SHA-256 digest of the content.</summary>
internal sealed class ContentHash(SignatureComputation signatures) : SignatureComputation
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public byte[] Complete() => _hash.GetHashAndReset();

    public override void AddKey(SigningSecret secret) => signatures.AddKey(secret);

    public override void Append(ReadOnlySpan<byte> content)
    {
        signatures.Append(content);
        _hash.AppendData(content);
    }

    public override void Sign(int key, Span<byte> signature) => signatures.Sign(key, signature);

    public override bool Matches(int key, ReadOnlySpan<byte> signature) => signatures.Matches(key, signature);

    public override void Reset()
    {
        signatures.Reset();
        _hash.GetHashAndReset(stackalloc byte[SHA256.HashSizeInBytes]);
    }
}
