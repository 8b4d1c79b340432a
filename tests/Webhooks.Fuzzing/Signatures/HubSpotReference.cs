using System.Security.Cryptography;
using System.Text;

namespace Webhooks.Fuzzing;

internal static class HubSpotReference
{
    public static string Sign(SignatureScheme scheme, byte[] body)
    {
        var request = scheme == SignatureSchemes.HubSpotV2 ? "POST" + The.Url : "";
        return Convert.ToHexStringLower(SHA256.HashData(
            [.. The.SecretBytes, .. Encoding.UTF8.GetBytes(request), .. body]));
    }
}
