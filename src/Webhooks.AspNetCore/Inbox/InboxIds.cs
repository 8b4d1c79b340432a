using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks;

/// <summary>What the inbox calls a webhook: the same for each of its copies, another for each other webhook.</summary>
internal static class InboxIds
{
    private const string Prefix = "in_";
    private const string ById = ":id:";
    private const char Separator = ':';
    private const int DigestLength = 21;

    /// <summary>The source and the sender's own id where that will do, so that people recognise it, and so that the
    /// index of ids grows at its end where the sender's ids sort by time, instead of being written all over; a digest
    /// otherwise, which has no colon.</summary>
    /// <param name="source">The source's name, which the key begins with.</param>
    /// <param name="duplicateKey">The webhook's <see cref="VerifiedWebhook.DuplicateKey"/>.</param>
    public static string Of(string source, string duplicateKey)
    {
        var rest = duplicateKey.AsSpan(source.Length);
        if (rest.StartsWith(ById, StringComparison.Ordinal) && !source.Contains(Separator))
        {
            var plain = $"{Prefix}{source}{Separator}{rest[ById.Length..]}";
            if (MessageId.TryParse(plain, out _))
                return plain;
        }

        return Prefix + Digest(duplicateKey);
    }

    public static string Digest(string text)
        => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, DigestLength));
}
