using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Webhooks.Tests.Network;

namespace Webhooks;

/// <summary>PayPal as it comes out of the box, its certificate fetched from a server that stands for PayPal's behind a
/// proxy.</summary>
public sealed class PayPalTests : IAsyncLifetime
{
    private const string WebhookId = "9XL90610J3647323C";
    private const string CertificateUrl = "https://api.paypal.com/v1/notifications/certs/CERT-360caa42";

    // The CRC-32 of the body.
    private const string Checksum = "1213845227";

    private static readonly byte[] Body = """{"event_type":"PAYMENT.SALE.COMPLETED"}"""u8.ToArray();

    private readonly TestAuthority _authority = new();
    private readonly RSA _key = RSA.Create(2048);
    private readonly ConcurrentQueue<string> _asked = [];
    private KestrelServer _paypal = null!;
    private ConnectProxy _proxy = null!;

    public async ValueTask InitializeAsync()
    {
        var certificate = new CertificateRequest(
                "CN=messageverificationcerts.paypal.com", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(The.Now.AddDays(-1), The.Now.AddDays(1)).ExportCertificatePem();
        _paypal = await KestrelServer.StartAsync(
            context =>
            {
                _asked.Enqueue(context.Request.Path);
                return context.Response.WriteAsync(certificate);
            },
            _authority.IssueServer("api.paypal.com"));
        _proxy = new ConnectProxy(_paypal.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _paypal.DisposeAsync();
        _authority.Dispose();
        _key.Dispose();
    }

    [Fact]
    public async Task A_webhook_is_verified_with_the_certificate_that_is_fetched()
    {
        await using var receiver = await StartAsync();

        Assert.Equal(HttpStatusCode.NoContent, await receiver.StatusOfAsync(Request()));
        Assert.Equal(HttpStatusCode.NoContent, await receiver.StatusOfAsync(Request()));
        Assert.Equal(HttpStatusCode.Unauthorized, await receiver.StatusOfAsync(Request(webhookId: "5XL90610J3647323C")));
        Assert.Equal(["/v1/notifications/certs/CERT-360caa42"], _asked);
        Assert.Equal(["api.paypal.com:443"], _proxy.Hosts);
    }

    [Theory]
    [InlineData("https://api.paypal.com.evil.example/v1/notifications/certs/CERT-1")]
    [InlineData("https://api-paypal.com/v1/notifications/certs/CERT-1")]
    [InlineData("https://api.paypal.com@evil.example/v1/notifications/certs/CERT-1")]
    [InlineData("https://api.paypal.com:8443/v1/notifications/certs/CERT-1")]
    [InlineData("https://api.paypa1.com/v1/notifications/certs/CERT-1")]
    [InlineData("https://API.paypal.com/v1/notifications/certs/CERT-1")]
    [InlineData("https://api.paypal.com/v1/notifications/certs/../../redirect?to=https://evil.example")]
    [InlineData("http://api.paypal.com/v1/notifications/certs/CERT-1")]
    public async Task Nothing_is_fetched_from_a_url_that_only_looks_alike(string url)
    {
        await using var receiver = await StartAsync();

        var status = await receiver.StatusOfAsync(Request(url));

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Empty(_proxy.Hosts);
    }

    private Task<Receiver> StartAsync() => Receiver.StartAsync(
        configure: builder => builder.Services.AddSingleton(
            new NetworkPolicy(new NetworkOptions().UseProxy(_proxy.Proxy).TrustOnly([_authority.Root]))),
        sources: verification => verification.AddSource("billing", WebhookProviders.PayPal, WebhookId));

    private HttpRequestMessage Request(string url = CertificateUrl, string webhookId = WebhookId)
    {
        const string Id = "69cd13f0-d67a-11e5-baa3-778b53f4ae55";
        var time = The.Now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var content = $"{Id}|{time}|{webhookId}|{Checksum}";
        var signature = _key.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var request = new HttpRequestMessage(HttpMethod.Post, "/hook") { Content = new ByteArrayContent(Body) };
        request.Content.Headers.ContentType = new("application/json");
        return request.With("PAYPAL-TRANSMISSION-ID", Id).With("PAYPAL-TRANSMISSION-TIME", time)
            .With("PAYPAL-TRANSMISSION-SIG", Convert.ToBase64String(signature))
            .With("PAYPAL-CERT-URL", url).With("PAYPAL-AUTH-ALGO", "SHA256withRSA");
    }
}
