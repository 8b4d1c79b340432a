namespace Webhooks.Tests.Endpoints;

/// <summary>Endpoint and message share the rules, so both are asked.</summary>
public sealed class HeaderRulesTests
{
    private const string Secret = "marker-3f9a";

    [Theory]
    [InlineData("X-Tenant", "acme")]
    [InlineData("x-empty", "")]
    [InlineData("X-Words", "two words\tand a tab")]
    [InlineData("Accept", "application/json")]
    [InlineData("User-Agent", "Acme/1")]
    public void Ordinary_headers_are_taken(string name, string value)
    {
        var endpoint = EndpointWith((name, value));
        var message = MessageWith((name, value));

        Assert.Equal(value, endpoint.Headers[name.ToUpperInvariant()]);
        Assert.Equal(value, message.Headers[name]);
    }

    [Theory]
    [InlineData("\r\nX-Injected: 1")]
    [InlineData("\nX-Injected: 1")]
    [InlineData("\r")]
    [InlineData("\0")]
    [InlineData("\r\n folded")]
    [InlineData("\u007f")]
    [InlineData("\u0001")]
    [InlineData("é")]
    [InlineData("\u2028")]
    [InlineData("\u010a")] // becomes a line feed when cut to a byte
    [InlineData(" ")] // at the end
    public void Values_that_are_not_one_line_of_ascii_are_refused_without_being_shown(string ending)
        => AssertRefused("X-Tenant", Secret + ending);

    [Theory]
    [InlineData("")]
    [InlineData("X Tenant")]
    [InlineData("X-Tenant:")]
    [InlineData("X-Tenänt")]
    [InlineData("X-Tenant\r\nHost")]
    [InlineData(" X-Tenant")]
    [InlineData("(X)")]
    public void Names_that_are_not_tokens_are_refused(string name) => AssertRefused(name, Secret);

    [Theory]
    [InlineData("Host")]
    [InlineData("content-length")]
    [InlineData("Content-Type")]
    [InlineData("Content-Encoding")]
    [InlineData("Transfer-Encoding")]
    [InlineData("Connection")]
    [InlineData("Keep-Alive")]
    [InlineData("Expect")]
    [InlineData("Upgrade")]
    [InlineData("TE")]
    [InlineData("Trailer")]
    [InlineData("Proxy-Authorization")]
    [InlineData("Proxy-Connection")]
    [InlineData("Cookie")]
    [InlineData("AUTHORIZATION")]
    [InlineData("webhook-id")]
    [InlineData("Webhook-Anything")]
    [InlineData("Metadata-Flavor")]
    [InlineData("Metadata")]
    [InlineData("X-aws-ec2-metadata-token")]
    [InlineData("X-Forwarded-For")]
    [InlineData("x-forwarded-prefix")]
    [InlineData("X-Real-IP")]
    [InlineData("Accept-Encoding")]
    [InlineData("traceparent")]
    public void Reserved_headers_are_refused(string name) => AssertRefused(name, Secret);

    [Fact]
    public void The_headers_of_the_endpoints_own_schemes_are_refused()
    {
        var signed = new WebhookEndpoint(
            The.Url, new EndpointSignature(SignatureSchemes.GitHub, SigningSecret.FromText("It's a Secret to Everybody")));

        Assert.Throws<ArgumentException>(() => signed with { Headers = Headers(("x-hub-signature-256", "sha256=00")) });
        Assert.Throws<ArgumentException>(
            () => signed with { Authorization = WebhookAuthorization.ApiKey("X-Hub-Signature-256", Secret) });
        _ = Some.Endpoint() with { Headers = Headers(("X-Hub-Signature-256", "sha256=00")) };
    }

    [Fact]
    public void A_header_is_set_by_headers_or_by_authorization_not_by_both()
    {
        var withKey = Some.Endpoint() with { Authorization = WebhookAuthorization.ApiKey("X-Api-Key", Secret) };
        var withHeader = EndpointWith(("x-api-key", "other"));

        Assert.Throws<ArgumentException>(() => withKey with { Headers = Headers(("x-api-key", "other")) });
        Assert.Throws<ArgumentException>(() => withHeader with { Authorization = withKey.Authorization });
    }

    [Fact]
    public void Number_and_size_of_headers_are_bounded()
    {
        var most = Enumerable.Range(0, 32).Select(i => ($"X-{i:00}", "v")).ToArray();
        var longest = ("X-1", new string('v', 1024 - 3));
        var all = Enumerable.Range(0, 4).Select(i => ($"X-{i}", new string('v', 1024 - 3))).ToArray();

        Assert.Equal(32, EndpointWith(most).Headers.Count);
        AssertRefused([.. most, ("X-32", "v")]);
        Assert.Single(EndpointWith(longest).Headers);
        AssertRefused("X-1", new string('v', 1024 - 2));
        Assert.Equal(4, EndpointWith(all).Headers.Count);
        AssertRefused([.. all, ("X", "v")]);
    }

    [Fact]
    public void Names_do_not_differ_by_case() => AssertRefused(("X-Tenant", "a"), ("x-tenant", "b"));

    private static void AssertRefused(string name, string value) => AssertRefused((name, value));

    private static void AssertRefused(params (string Name, string Value)[] headers)
    {
        var errors = new[]
        {
            Assert.Throws<ArgumentException>(() => EndpointWith(headers)),
            Assert.Throws<ArgumentException>(() => MessageWith(headers)),
        };

        Assert.All(errors, error => Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal));
    }

    private static WebhookEndpoint EndpointWith(params (string, string)[] headers)
        => Some.Endpoint() with { Headers = Headers(headers) };

    private static WebhookMessage MessageWith(params (string, string)[] headers)
        => Some.Message() with { Headers = Headers(headers) };

    private static Dictionary<string, string> Headers(params (string Name, string Value)[] headers)
        => headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.Ordinal);
}
