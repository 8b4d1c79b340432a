using System.Security.Cryptography;

namespace Webhooks;

/// <summary>
/// The digests that a request's <c>Content-Digest</c> claims (RFC 9530), and the body's own as it comes. Those of
/// algorithms that an attacker can break are passed over, and so don't count.
/// </summary>
internal sealed class ContentDigest : IDisposable
{
    public const string Header = "Content-Digest";
    public const string Component = "\"content-digest\"";

    private const int MaximumMembers = 16;
    private const int MaximumLength = 8192;

    private readonly List<(IncrementalHash Hash, byte[] Expected)> _digests = [];

    /// <summary>Whether there is a digest to compare.</summary>
    public bool IsEmpty => _digests.Count == 0;

    /// <summary>Reads a field's value.</summary>
    /// <returns>Whether it is well-formed.</returns>
    public bool TryRead(string? field)
    {
        if (field is null or { Length: > MaximumLength })
            return false;

        var reader = new StructuredFieldReader(field);
        for (var members = 0; !reader.IsAtEnd; members++)
        {
            if (members == MaximumMembers || !reader.TryReadMember(out var key, out var hasValue) || !hasValue
                || !reader.TryReadItem(out var item) || item.Kind != StructuredFieldKind.ByteSequence)
                return false;

            if (key is "sha-256")
                Add(HashAlgorithmName.SHA256, item.Text);
            else if (key is "sha-512")
                Add(HashAlgorithmName.SHA512, item.Text);
        }

        return true;
    }

    public void Append(ReadOnlySpan<byte> body)
    {
        foreach (var (hash, _) in _digests)
            hash.AppendData(body);
    }

    /// <summary>Whether the body is the one that every digest claims.</summary>
    public bool Matches()
    {
        Span<byte> actual = stackalloc byte[SHA512.HashSizeInBytes];
        var matches = true;
        foreach (var (hash, expected) in _digests)
        {
            var length = hash.GetHashAndReset(actual);
            matches &= CryptographicOperations.FixedTimeEquals(actual[..length], expected);
        }

        return matches;
    }

    public void Dispose()
    {
        foreach (var (hash, _) in _digests)
            hash.Dispose();
        _digests.Clear();
    }

    /// <summary>Writes the field's value for a body.</summary>
    public static string Write(ContentDigestAlgorithm algorithm, ReadOnlySpan<byte> body) => algorithm switch
    {
        ContentDigestAlgorithm.Sha512 => $"sha-512=:{Convert.ToBase64String(SHA512.HashData(body))}:",
        _ => $"sha-256=:{Convert.ToBase64String(SHA256.HashData(body))}:",
    };

    private void Add(HashAlgorithmName algorithm, ReadOnlySpan<char> base64) =>
        _digests.Add((IncrementalHash.CreateHash(algorithm), Convert.FromBase64String(base64.ToString())));
}
