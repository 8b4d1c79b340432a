using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks;

/// <summary>A provider, simulated: a secret as its users would be shown it, the key that signs, and a request that the
/// key signs.</summary>
internal sealed class SimulatedProvider
{
    private const string AdyenContent = "7914073381342284::TestMerchant:TestPayment:1130:EUR:AUTHORISATION:true";

    public SimulatedProvider(WebhookProvider provider, string? secret = null)
        : this(provider.Scheme ?? Ed25519SignatureSchemes.All.Single(scheme => scheme.Name == provider.SchemeName), secret)
    {
        ContentType = provider.ContentTypes.Count == 0 ? "application/json" : provider.ContentTypes[0];
    }

    public SimulatedProvider(SignatureScheme scheme, string? secret = null)
    {
        Scheme = scheme;
        (Secret, var signing) = scheme.Name switch
        {
            "standard" or "svix" or "rfc9421" => Same(SigningSecret.Generate().Reveal()),
            "ed25519" or "rfc9421-ed25519" => Ed25519(pair => pair.PublicKey.Reveal()),
            "discord" => Ed25519(pair => Convert.ToHexString(pair.PublicKey.RevealKey())),
            "sendgrid" => Ecdsa(),
            "adyen" or "adyen-platform" => Same(RandomNumberGenerator.GetHexString(64)),
            "airtable" or "teams" => Same(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
            "basic" => Same("user:" + RandomNumberGenerator.GetHexString(32)),
            _ => Same(secret ?? RandomNumberGenerator.GetHexString(40)),
        };
        SigningKey = scheme.ParseSecret(signing);
    }

    public SignatureScheme Scheme { get; }

    /// <summary>What the receiver is configured with.</summary>
    public string Secret { get; }

    public SigningSecret SigningKey { get; }

    public string ContentType { get; init; } = "application/json";

    /// <summary>What has to follow the path, for providers that show their secret there.</summary>
    public string Query => Scheme is UrlTokenSignatureScheme ? "?token=" + Secret : "";

    /// <summary>A body as the provider makes them, where its proof lies in the body.</summary>
    public byte[] Body() => Encoding.UTF8.GetBytes(Scheme.Name switch
    {
        "adyen" => $$$"""
            {"notificationItems":[{"NotificationRequestItem":{"additionalData":{"hmacSignature":"{{{Hmac(AdyenContent, Convert.ToBase64String)}}}"},
            "amount":{"value":1130,"currency":"EUR"},"pspReference":"7914073381342284","eventCode":"AUTHORISATION",
            "merchantAccountCode":"TestMerchant","merchantReference":"TestPayment","success":"true"}}]}
            """,
        "graph" => $$$"""{"value":[{"clientState":"{{{Secret}}}"}]}""",
        "mailgun" => $$$"""
            {"signature":{"timestamp":"{{{Now}}}","token":"token","signature":"{{{Hmac(Now + "token", Convert.ToHexStringLower)}}}"}}
            """,
        _ when ContentType == "application/x-www-form-urlencoded" => "b=2&a=1",
        _ => $$"""{"webhookTimestamp":{{The.Now.ToUnixTimeMilliseconds()}},"type":"invoice.paid"}""",
    });

    private static string Now => The.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private string Hmac(string content, Func<byte[], string> encode) =>
        encode(HMACSHA256.HashData(Scheme.ParseSecret(Secret).RevealKey(), Encoding.UTF8.GetBytes(content)));

    private static (string Shown, string Signing) Same(string secret) => (secret, secret);

    private static (string Shown, string Signing) Ed25519(Func<Ed25519KeyPair, string> show)
    {
        using var pair = Ed25519KeyPair.Generate();
        return (show(pair), pair.PrivateKey.Reveal());
    }

    private static (string Shown, string Signing) Ecdsa()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (Convert.ToBase64String(pair.ExportSubjectPublicKeyInfo()), pair.ExportPkcs8PrivateKeyPem());
    }
}
