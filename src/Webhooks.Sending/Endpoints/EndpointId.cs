using System.Buffers.Text;
using System.Security.Cryptography;

namespace Webhooks;

internal static class EndpointId
{
    private const string Prefix = "ep_";
    private const int MaxLength = 128;

    public static string New()
    {
        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random);
        return Prefix + Base64Url.EncodeToString(random);
    }

    public static string Check(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.Length is > 0 and <= MaxLength && !id.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? id
            : throw new ArgumentException($"An endpoint's id is 1 to {MaxLength} visible ASCII characters.",
                nameof(id));
    }
}
