using System.Security.Cryptography;

namespace Webhooks;

/// <summary>New, unique things.</summary>
internal static class Some
{
    public static byte[] Body(int length = 64) => RandomNumberGenerator.GetBytes(length);

    public static SigningSecret SecretFor(HmacSignatureScheme scheme) =>
        scheme.ParseSecret(SigningSecretText(scheme.SecretFormat));

    public static HeaderList Signed(SignatureScheme scheme, byte[] body, params SigningSecret[] secrets)
    {
        var headers = new HeaderList();
        scheme.Sign(Context(secrets), body, headers);
        return headers;
    }

    public static SigningContext Context(params SigningSecret[] secrets) => new()
    {
        MessageId = MessageId.New(),
        Timestamp = The.Now,
        Secrets = secrets,
        EventType = "invoice.paid",
        Url = "https://receiver.example.com/hooks",
    };

    private static string SigningSecretText(SecretFormat format)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        return format == SecretFormat.Hex ? Convert.ToHexString(key) : Convert.ToBase64String(key);
    }
}
