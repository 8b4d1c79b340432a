using System.Security.Cryptography;

namespace Webhooks.Fuzzing;

/// <summary>Content-Digest (first line) of a body (the rest): what matches holds the body's digest.</summary>
public sealed class ContentDigestTarget() : FuzzTarget("content-digests")
{
    public override IEnumerable<byte[]> Seeds =>
    [
        Seed(ContentDigestAlgorithm.Sha256), Seed(ContentDigestAlgorithm.Sha512),
        "sha-256=:AAAA:, sha-512=::, md5=:AA==:\nbody"u8.ToArray(),
    ];

    protected override void Check(byte[] input)
    {
        var end = input.AsSpan().IndexOf((byte)'\n');
        var (field, body) = end < 0 ? (input, []) : (input[..end], input[(end + 1)..]);
        var text = InputText.Of(field);
        using var digest = new ContentDigest();
        if (!digest.TryRead(text) || digest.IsEmpty)
            return;

        digest.Append(body);
        if (digest.Matches())
            Law.Holds(
                text.Contains(Convert.ToBase64String(SHA256.HashData(body)), StringComparison.Ordinal)
                || text.Contains(Convert.ToBase64String(SHA512.HashData(body)), StringComparison.Ordinal),
                "what matches is the body's digest");
    }

    private static byte[] Seed(ContentDigestAlgorithm algorithm) =>
        [.. InputText.From(ContentDigest.Write(algorithm, "body"u8)), .. "\nbody"u8];
}
