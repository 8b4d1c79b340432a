using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Webhooks.Tests.Endpoints;

public sealed class WebhookEndpointTests
{
    [Theory]
    [InlineData("/hooks")]
    [InlineData("ftp://receiver.example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:password@receiver.example.com/")]
    [InlineData("https://@receiver.example.com/")]
    [InlineData("https://receiver.example.com/#part")]
    [InlineData("https://receiver.example.com/#")]
    [InlineData("https:\\\\receiver.example.com/")]
    [InlineData("https://receiver.example.com/a b")]
    [InlineData("https://receiver.example.com/a\r\nX-Injected: 1")]
    public void A_url_that_no_policy_allows_is_refused_when_the_endpoint_is_made(string url)
    {
        var error = Assert.Throws<ArgumentException>(
            () => new WebhookEndpoint(new Uri(url, UriKind.RelativeOrAbsolute), The.SigningSecret));

        Assert.DoesNotContain("password", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_url_may_have_an_at_sign_after_the_host()
        => Assert.Equal("/u/@me", Some.Endpoint(new Uri("https://receiver.example.com/u/@me?to=a@b")).Url.AbsolutePath);

    [Fact]
    public void A_new_endpoint_is_signed_by_standard_webhooks_and_leaves_the_rest_to_the_sender()
    {
        var endpoint = new WebhookEndpoint(The.Url, The.SigningSecret);

        var signature = Assert.Single(endpoint.Signatures);
        Assert.Same(SignatureSchemes.StandardWebhooks, signature.Scheme);
        Assert.StartsWith("ep_", endpoint.Id, StringComparison.Ordinal);
        Assert.NotEqual(endpoint.Id, Some.Endpoint().Id);
        Assert.Empty(endpoint.Headers);
        Assert.Null(endpoint.RetryPolicy);
        Assert.Null(endpoint.Timeout);
        Assert.Null(endpoint.Network);
    }

    [Fact]
    public void What_would_fail_on_sending_is_refused()
    {
        using var certificate = WithoutPrivateKey();
        var endpoint = Some.Endpoint();

        Assert.Throws<ArgumentException>(() => endpoint with { Id = "" });
        Assert.Throws<ArgumentException>(() => endpoint with { Id = "ep 1" });
        Assert.Throws<ArgumentException>(() => endpoint with { Id = new string('e', 129) });
        Assert.Throws<ArgumentOutOfRangeException>(() => endpoint with { Timeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => endpoint with { Timeout = TimeSpan.FromMinutes(11) });
        Assert.Throws<ArgumentException>(() => endpoint with { ClientCertificate = certificate });
        Assert.Throws<ArgumentException>(() => new EndpointSignature(SignatureSchemes.StandardWebhooks));
    }

    [Fact]
    public void Two_signatures_may_share_only_the_standard_headers()
    {
        var gitHub = new EndpointSignature(SignatureSchemes.GitHub, SigningSecret.FromText("It's a Secret to Everybody"));
        var standard = new EndpointSignature(SignatureSchemes.StandardWebhooks, The.SigningSecret);

        Assert.Equal(2, new WebhookEndpoint(The.Url, gitHub, standard).Signatures.Count);
        Assert.Throws<ArgumentException>(() => new WebhookEndpoint(The.Url, gitHub, gitHub));
        Assert.Throws<ArgumentException>(() => new WebhookEndpoint(The.Url, standard, standard));
    }

    [Fact]
    public void A_copy_for_other_connections_forgets_those_of_the_original()
    {
        var open = new NetworkPolicy(new NetworkOptions { AllowPrivateNetworks = true });
        var loopback = Some.Endpoint(new Uri("http://127.0.0.1:5080/")) with { Network = open };
        Assert.True(loopback.JudgeUrl(open).IsAllowed);
        var key = loopback.FindConnectionKey(NetworkPolicy.Default);

        var copy = loopback with { Network = NetworkPolicy.Default };

        Assert.Same(key, loopback.FindConnectionKey(NetworkPolicy.Default));
        Assert.False(copy.JudgeUrl(NetworkPolicy.Default).IsAllowed);
        Assert.Same(NetworkPolicy.Default, copy.FindConnectionKey(open)!.Policy);
    }

    [Fact]
    public void A_copy_with_another_url_is_judged_anew()
    {
        var endpoint = Some.Endpoint();
        Assert.True(endpoint.JudgeUrl(NetworkPolicy.Default).IsAllowed);

        var copy = endpoint with { Url = new Uri("https://127.0.0.1/") };

        Assert.False(copy.JudgeUrl(NetworkPolicy.Default).IsAllowed);
        Assert.Equal(endpoint.Id, copy.Id);
        Assert.Throws<ArgumentException>(() => endpoint with { Url = new Uri("ftp://receiver.example.com/") });
        Assert.Throws<ArgumentNullException>(() => endpoint with { Url = null! });
    }

    [Fact]
    public void A_copy_with_other_signatures_is_checked_like_a_new_endpoint()
    {
        var gitHub = new EndpointSignature(SignatureSchemes.GitHub, SigningSecret.FromText("secret"));
        var endpoint = Some.Endpoint() with { Headers = new Dictionary<string, string> { ["X-Hub-Signature-256"] = "1" } };

        Assert.Same(gitHub, Assert.Single((Some.Endpoint() with { Signatures = [gitHub] }).Signatures));
        Assert.Throws<ArgumentException>(() => endpoint with { Signatures = [gitHub] });
        Assert.Throws<ArgumentException>(() => Some.Endpoint() with { Signatures = [gitHub, gitHub] });
        Assert.Throws<ArgumentNullException>(() => Some.Endpoint() with { Signatures = [null!] });
    }

    [Fact]
    public void A_description_is_short()
    {
        Assert.Equal(256, (Some.Endpoint() with { Description = new string('d', 256) }).Description!.Length);
        Assert.Throws<ArgumentException>(() => Some.Endpoint() with { Description = new string('d', 257) });
    }

    private static X509Certificate2 WithoutPrivateKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=nobody", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(The.Now, The.Now.AddDays(1));
        return X509CertificateLoader.LoadCertificate(certificate.RawData);
    }
}
