using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Webhooks.Fuzzing;

/// <summary>The URLs of certificates that SNS and PayPal name: nothing is asked for but on their own hosts.</summary>
public sealed class CertificateUrlTarget() : FuzzTarget("certificate-urls")
{
    private static readonly string[] PayPalHosts = ["api.paypal.com", "api.sandbox.paypal.com"];

    private readonly AskedUrls _asked = new();

    public override IEnumerable<byte[]> Seeds =>
    [
        "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123abcd.pem"u8.ToArray(),
        "https://sns.us-gov-west-1.amazonaws.com/a.pem"u8.ToArray(),
        "https://sns.cn-north-1.amazonaws.com.cn/a.pem"u8.ToArray(),
        "https://sns.us-east-1.amazonaws.com.evil.example/a.pem"u8.ToArray(),
        "https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-1d93a270"u8.ToArray(),
        "https://api.sandbox.paypal.com/v1/notifications/certs/CERT_1"u8.ToArray(),
        "https://api.paypal.com@evil.example/v1/notifications/certs/C"u8.ToArray(),
    ];

    protected override void Check(byte[] input)
    {
        var text = InputText.Of(input);
        Ask(SignatureSchemes.AmazonSns, [], InputText.From(SnsMessage(text)), "arn:aws:sns:us-east-1:123456789012:t");
        if (_asked.Take() is { } sns)
            Law.Holds(
                IsPlain(sns, text) && sns.Host.Split('.') is ["sns", _, "amazonaws", "com", .. [] or ["cn"]]
                && sns.AbsolutePath.EndsWith(".pem", StringComparison.Ordinal),
                $"a certificate of SNS at {sns}");

        Ask(SignatureSchemes.PayPal, PayPalHeaders(text), [], "8AB12345CD678901E");
        if (_asked.Take() is { } payPal)
            Law.Holds(IsPlain(payPal, text) && PayPalHosts.Contains(payPal.Host), $"a certificate of PayPal at {payPal}");
    }

    private static bool IsPlain(Uri url, string text) =>
        url is { Scheme: "https", IsDefaultPort: true, UserInfo: "", Query: "", Fragment: "" } && url.AbsoluteUri == text;

    private void Ask(
        SignatureScheme scheme, IEnumerable<KeyValuePair<string, string>> headers, byte[] body, string secret)
    {
        var context = new VerificationContext
        {
            Headers = SignatureHeaders.From(headers),
            Secrets = [scheme.ParseSecret(secret)],
            Now = The.Now,
            Keys = _asked,
        };
        if (!scheme.TryBeginVerification(context, out var verification, out _))
            return;

        using (verification)
        {
            verification.Append(body);
            var result = verification.CompleteAsync(CancellationToken.None);
            Law.Holds(result.IsCompletedSuccessfully && !result.Result.IsVerified, "nobody signed this");
        }
    }

    private static string SnsMessage(string url) => new JsonObject
    {
        ["Type"] = "Notification",
        ["MessageId"] = "1",
        ["TopicArn"] = "arn:aws:sns:us-east-1:123456789012:t",
        ["Message"] = "m",
        ["Timestamp"] = "2026-03-04T05:06:07.000Z",
        ["SignatureVersion"] = "2",
        ["Signature"] = "AAAA",
        ["SigningCertURL"] = url,
    }.ToJsonString();

    private static KeyValuePair<string, string>[] PayPalHeaders(string url) =>
    [
        new("PAYPAL-TRANSMISSION-ID", "1"), new("PAYPAL-TRANSMISSION-TIME", "2026-03-04T05:06:07Z"),
        new("PAYPAL-TRANSMISSION-SIG", "AAAA"), new("PAYPAL-CERT-URL", url), new("PAYPAL-AUTH-ALGO", "SHA256withRSA"),
    ];

    private sealed class AskedUrls : SignatureKeySource
    {
        private readonly byte[] _certificate = Make();
        private Uri? _last;

        public Uri? Take() => Interlocked.Exchange(ref _last, null);

        public override ValueTask<ReadOnlyMemory<byte>> GetAsync(Uri url, CancellationToken cancellationToken)
        {
            _last = url;
            return new(_certificate);
        }

        private static byte[] Make()
        {
            using var key = RSA.Create(2048);
            var request = new CertificateRequest("CN=fuzzing", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            using var certificate = request.CreateSelfSigned(The.Now.AddYears(-1), The.Now.AddYears(30));
            return certificate.RawData;
        }
    }
}
