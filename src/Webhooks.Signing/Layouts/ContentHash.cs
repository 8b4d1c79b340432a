using System.Security.Cryptography;

namespace Webhooks;

/// <summary>The SHA-256 digest of a signed content, gathered along with its signature.</summary>
internal sealed class ContentHash : SignatureComputation
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public byte[] Complete() => _hash.GetHashAndReset();

    public override void AddKey(SigningSecret secret)
    {
    }

    public override void Append(ReadOnlySpan<byte> content) => _hash.AppendData(content);

    public override void Sign(int key, Span<byte> signature) => throw new NotSupportedException();

    public override bool Matches(int key, ReadOnlySpan<byte> signature) => throw new NotSupportedException();

    public override void Reset() => _hash.GetHashAndReset(stackalloc byte[SHA256.HashSizeInBytes]);
}
