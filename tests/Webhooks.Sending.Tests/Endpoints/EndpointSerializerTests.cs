using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Webhooks.Tests.Endpoints;

/// <summary>Endpoints come back from their stored form as they were.</summary>
public sealed class EndpointSerializerTests
{
    private readonly EndpointSerializer _serializer = new(new KnownSchemes([]), new OAuthAuthorizations(), protector: null);

    [Fact]
    public void Everything_that_can_be_stored_comes_back()
    {
        var endpoint = new WebhookEndpoint(
            new Uri("https://receiver.example.com:8443/hooks/tok%20en?a=b&c=%C3%A4"),
            new EndpointSignature(
                SignatureSchemes.StandardWebhooks, The.SigningSecret.WithValidity(null, The.Now), SigningSecret.Generate()),
            new EndpointSignature(SignatureSchemes.GitHub, SigningSecret.FromText("It's a \"Secret\" to Everybody – 名")))
        {
            Tenant = "acme",
            Headers = new Dictionary<string, string> { ["X-One"] = "1", ["X-Two"] = "a \"b\" <c>" },
            Authorization = WebhookAuthorization.ApiKey("X-Api-Key", "key"),
            Timeout = TimeSpan.FromSeconds(7),
            RetryPolicy = RetryPolicy.Exponential(TimeSpan.FromSeconds(1), 7),
            MaxConcurrency = 3,
            RateLimit = new EndpointRateLimit(5, TimeSpan.FromSeconds(1)),
            EventTypes = ["invoice.*", "order.paid"],
            PayloadFilter = PayloadFilter.AllOf(PayloadCondition.EqualTo("/a", "é\"")),
            Description = "Billing's \"receiver\" – 名",
        };

        var back = RoundTrip(endpoint);

        Assert.Equal(endpoint.Id, back.Id);
        Assert.Equal(endpoint.Tenant, back.Tenant);
        Assert.Equal(endpoint.Url.AbsoluteUri, back.Url.AbsoluteUri);
        Assert.Equal(endpoint.Headers, back.Headers);
        Assert.Equal(endpoint.Timeout, back.Timeout);
        Assert.Equal(endpoint.MaxConcurrency, back.MaxConcurrency);
        Assert.Equal(endpoint.RateLimit, back.RateLimit);
        Assert.Equal(endpoint.EventTypes, back.EventTypes);
        Assert.Equal(endpoint.PayloadFilter, back.PayloadFilter);
        Assert.Equal(endpoint.Description, back.Description);
        Assert.Equal(endpoint.Signatures.Select(one => one.Scheme), back.Signatures.Select(one => one.Scheme));
        Assert.Equal(Secrets(endpoint), Secrets(back));
    }

    [Fact]
    public void An_endpoint_that_leaves_all_to_the_sender_does_so_afterwards()
    {
        var back = RoundTrip(Some.Endpoint());

        Assert.Null(back.RetryPolicy);
        Assert.Null(back.Timeout);
        Assert.Null(back.MaxConcurrency);
        Assert.Null(back.RateLimit);
        Assert.Null(back.Authorization);
        Assert.Null(back.PayloadFilter);
        Assert.Null(back.Description);
        Assert.Empty(back.Headers);
        Assert.Equal([EventTypeFilter.All], back.EventTypes);
    }

    [Fact]
    public void Every_form_of_secret_comes_back_with_its_window()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        SigningSecret[] secrets =
        [
            SigningSecret.Generate(24), SigningSecret.Generate(64), SigningSecret.FromBytes([1]),
            SigningSecret.FromBytes(RandomNumberGenerator.GetBytes(100)), SigningSecret.FromText(" spaced \u0001 text "),
            SigningSecret.Parse(Convert.ToBase64String(key), SecretFormat.Base64),
            SigningSecret.Parse(Convert.ToHexString(key), SecretFormat.Hex),
        ];
        SigningSecret[] all = [.. secrets, .. secrets.Select(secret => secret.WithValidity(The.Now, The.Now.AddTicks(1)))];

        var back = RoundTrip(new WebhookEndpoint(The.Url, new EndpointSignature(SignatureSchemes.Stripe, all)));

        Assert.Equal(
            all.Select(secret => (Convert.ToHexString(secret.RevealKey()), secret.Format, secret.ValidFrom, secret.ValidUntil)),
            back.Signatures[0].Secrets.Select(
                secret => (Convert.ToHexString(secret.RevealKey()), secret.Format, secret.ValidFrom, secret.ValidUntil)));
    }

    [Fact]
    public void Ed25519_keys_come_back()
    {
        var privateKey = SigningSecret.Parse("whsk_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)));

        var back = StoredSecret.Read(StoredSecret.Write(privateKey));

        Assert.Equal(SecretKind.Ed25519PrivateKey, back.Kind);
        Assert.Equal(privateKey.Reveal(), back.Reveal());
    }

    [Fact]
    public void Every_built_in_retry_policy_decides_as_before()
        => Assert.All(
            [
                RetryPolicy.StandardWebhooks,
                RetryPolicy.None,
                RetryPolicy.Fixed(TimeSpan.FromSeconds(3), 4, RetryJitter.Percent(30)),
                RetryPolicy.Fixed(TimeSpan.Zero, 2),
                RetryPolicy.Exponential(TimeSpan.FromSeconds(2), 9, 3.5, TimeSpan.FromMinutes(1), RetryJitter.Equal),
                RetryPolicy.Schedule([TimeSpan.Zero, TimeSpan.FromTicks(1), TimeSpan.FromDays(40)], RetryJitter.Full),
                RetryPolicy.StandardWebhooks.WithLimits(3),
                RetryPolicy.StandardWebhooks.WithLimits(null, TimeSpan.FromHours(2)),
                RetryPolicy.Fixed(TimeSpan.FromSeconds(1), 20).WithLimits(10, TimeSpan.FromHours(2)).WithLimits(5, TimeSpan.FromHours(3)),
                RetryPolicy.None.WithLimits(maxTotalTime: TimeSpan.Zero),
            ],
            AssertDecidesAsBefore);

    [Fact]
    public void The_standard_policy_stays_the_standard_policy()
        => Assert.Same(RetryPolicy.StandardWebhooks, RoundTrip(Some.Endpoint(RetryPolicy.StandardWebhooks)).RetryPolicy);

    [Fact]
    public async Task Fixed_credentials_come_back()
    {
        foreach (var authorization in (WebhookAuthorization[])
                 [
                     WebhookAuthorization.ApiKey("X-Api-Key", "k\"ey"), WebhookAuthorization.Bearer("to.ken"),
                     WebhookAuthorization.Basic("user", "påss:word"),
                 ])
        {
            var back = RoundTrip(Some.Endpoint() with { Authorization = authorization }).Authorization!;

            Assert.Equal(authorization.HeaderName, back.HeaderName);
            Assert.Equal(authorization.ToString(), back.ToString());
            Assert.Equal(
                await authorization.GetHeaderValueAsync(default, TestContext.Current.CancellationToken),
                await back.GetHeaderValueAsync(default, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public void Equal_OAuth_credentials_share_one_token_and_others_do_not()
    {
        var first = RoundTrip(WithOAuth("secret")).Authorization;
        var second = RoundTrip(WithOAuth("secret")).Authorization;
        var other = RoundTrip(WithOAuth("other")).Authorization;

        Assert.Same(first, second);
        Assert.NotSame(first, other);
        Assert.Equal(
            new OAuthSettings
            {
                TokenEndpoint = "https://login.example.com/token",
                ClientId = "client",
                ClientSecret = "secret",
                Scope = "a b",
                Audience = "aud",
                InBody = true,
            },
            first!.Describe()!.OAuth);
    }

    [Fact]
    public void OAuth_credentials_that_nobody_uses_are_forgotten()
    {
        var known = new OAuthAuthorizations();
        var held = known.Get(Settings("held"));
        for (var i = 0; i < 1000; i++)
            known.Get(Settings($"secret {i}"));
        GC.Collect();
        for (var i = 0; i < 1000; i++)
            known.Get(Settings($"secret {i}"));

        Assert.Same(held, known.Get(Settings("held")));
        Assert.InRange(known.Count, 1, 1999);

        static OAuthSettings Settings(string secret) => new()
        {
            TokenEndpoint = "https://login.example.com/token",
            ClientId = "client",
            ClientSecret = secret,
        };
    }

    [Fact]
    public void Any_endpoint_comes_back()
    {
        var visible = Gen.Choose('!', '~').Select(code => (char)code);
        var text = Gen.Choose(1, 20).SelectMany(count => Gen.ListOf(visible, count)).Select(parts => string.Concat(parts));
        var secret = Gen.Choose(1, 100).SelectMany(count => Gen.ListOf(Gen.Choose(0, 255).Select(value => (byte)value), count))
            .Select(bytes => SigningSecret.FromBytes([.. bytes]));

        Prop.ForAll(Arb.From(text), Arb.From(secret), Arb.From(Gen.Choose(1, 600_000)), (word, key, milliseconds) =>
        {
            var endpoint = new WebhookEndpoint(The.Url, new EndpointSignature(SignatureSchemes.Slack, key))
            {
                Id = word,
                Tenant = word,
                Description = word,
                Headers = new Dictionary<string, string> { ["X-Word"] = word },
                Authorization = WebhookAuthorization.Bearer(word),
                Timeout = TimeSpan.FromMilliseconds(milliseconds),
                PayloadFilter = PayloadFilter.AllOf(PayloadCondition.EqualTo("/a", word)),
            };

            var back = RoundTrip(endpoint);

            return back.Id == word && back.Tenant == word && back.Description == word && back.Headers["X-Word"] == word
                && back.Timeout == endpoint.Timeout && back.PayloadFilter!.Equals(endpoint.PayloadFilter)
                && back.Authorization!.Describe()!.Value == "Bearer " + word
                && back.Signatures[0].Secrets[0].RevealKey().SequenceEqual(key.RevealKey());
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_stored_form_of_the_first_version_stays_readable()
    {
        // Written by the first version: what is read from it must never change.
        const string Stored =
            """
            {"v":1,"events":["invoice.*"],"filter":[{"at":"/a","equals":1}],"description":"d","timeout":"00:00:07",
            "retry":{"kind":"exponential","baseDelay":"00:00:01","factor":2,"maxDelay":"1.00:00:00","attempts":7,
            "jitter":{"below":1,"width":1},"maxAttempts":5,"maxTotalTime":"01:00:00"},"maxConcurrency":3,
            "rateLimit":{"attempts":5,"period":"00:00:01"},"later":{"unknown":true},
            "open":{"url":"https://receiver.example.com/hooks","signatures":[{"scheme":"standard","secrets":[
            {"format":"bytes","value":"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw","until":"2026-11-23T12:00:00+00:00"},
            {"format":"text","value":"text"}]}],"headers":{"X-A":"1"},
            "authorization":{"header":"Authorization","value":"Bearer token","kind":"bearer token"}}}
            """;

        var endpoint = _serializer.Read(Record(Stored));

        Assert.Equal("https://receiver.example.com/hooks", endpoint.Url.AbsoluteUri);
        Assert.Equal(["invoice.*"], endpoint.EventTypes.Select(filter => filter.Value));
        Assert.Equal("""[{"at":"/a","equals":1}]""", endpoint.PayloadFilter!.ToString());
        Assert.Equal("d", endpoint.Description);
        Assert.Equal(TimeSpan.FromSeconds(7), endpoint.Timeout);
        Assert.Equal(5, endpoint.RetryPolicy!.MaxAttempts);
        Assert.Equal(TimeSpan.FromHours(1), endpoint.RetryPolicy.MaxTotalTime);
        Assert.Equal(3, endpoint.MaxConcurrency);
        Assert.Equal(new EndpointRateLimit(5, TimeSpan.FromSeconds(1)), endpoint.RateLimit);
        Assert.Equal([The.SecretText, "text"], endpoint.Signatures[0].Secrets.Select(secret => secret.Reveal()));
        Assert.Equal(The.Now, endpoint.Signatures[0].Secrets[0].ValidUntil);
        Assert.Equal("1", endpoint.Headers["X-A"]);
        Assert.Equal("Bearer token", endpoint.Authorization!.Describe()!.Value);
    }

    [Theory]
    [InlineData("marker", "damaged")]
    [InlineData("null", "later version")]
    [InlineData("""{"v":2,"open":{"url":"https://a.example/"}}""", "later version")]
    [InlineData("""{"v":1}""", "lack the URL")]
    [InlineData("""{"v":1,"open":{"url":"marker"}}""", "URL")]
    [InlineData("""{"v":1,"timeout":"marker","open":{"url":"https://a.example/"}}""", "damaged")]
    [InlineData("""{"v":1,"open":{"url":"https://a.example/","signatures":[{"scheme":"acme"}]}}""", "WebhookSenderOptions.SignatureSchemes")]
    [InlineData(
        """{"v":1,"open":{"url":"https://a.example/","signatures":[{"scheme":"standard","secrets":[{"format":"bytes","value":"marker!"}]}]}}""",
        "")]
    [InlineData(
        """{"v":1,"open":{"url":"https://a.example/","signatures":[{"scheme":"standard","secrets":[{"format":"marker","value":"marker"}]}]}}""",
        "format")]
    [InlineData("""{"v":1,"open":{"url":"https://a.example/","headers":{"Host":"marker"}}}""", "Host")]
    [InlineData("""{"v":1,"open":{"url":"https://a.example/","authorization":{"value":"marker"}}}""", "authorization")]
    [InlineData("""{"v":1,"retry":{"kind":"marker"},"open":{"url":"https://a.example/"}}""", "retry policy")]
    [InlineData("""{"v":1,"sealed":"bWFya2Vy"}""", "ProtectSecrets")]
    public void What_cannot_be_read_is_said_without_quoting_it(string stored, string expected)
    {
        var error = Assert.Throws<InvalidOperationException>(() => _serializer.Read(Record(stored)));

        Assert.StartsWith("The stored settings of endpoint ep_1 can't be read: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("marker", error.ToString(), StringComparison.Ordinal);
    }

    private void AssertDecidesAsBefore(RetryPolicy policy)
    {
        var back = RoundTrip(Some.Endpoint(policy)).RetryPolicy!;

        Assert.Equal(policy.MaxAttempts, back.MaxAttempts);
        Assert.Equal(policy.MaxTotalTime, back.MaxTotalTime);
        foreach (var random in (double[])[0, 0.3, 0.99])
        {
            for (var attempt = 1; attempt < 12; attempt++)
                Assert.Equal(policy.Decide(Some.RetryContext(attempt, random: random)), back.Decide(Some.RetryContext(attempt, random: random)));
        }
    }

    private static WebhookEndpoint WithOAuth(string secret) => Some.Endpoint() with
    {
        Authorization = WebhookAuthorization.OAuthClientCredentials(
            new OAuthClientCredentials(new Uri("https://login.example.com/token"), "client", secret)
            {
                Scope = "a b",
                Audience = "aud",
                ClientAuthentication = OAuthClientAuthentication.Post,
            }),
    };

    private static IEnumerable<(string, DateTimeOffset?, DateTimeOffset?)> Secrets(WebhookEndpoint endpoint)
        => endpoint.Signatures.SelectMany(one => one.Secrets)
            .Select(secret => (secret.Reveal(), secret.ValidFrom, secret.ValidUntil));

    private static EndpointRecord Record(string settings) => new() { Id = "ep_1", Settings = Encoding.UTF8.GetBytes(settings) };

    private WebhookEndpoint RoundTrip(WebhookEndpoint endpoint) => _serializer.Read(
        new EndpointRecord { Id = endpoint.Id, Tenant = endpoint.Tenant, Settings = _serializer.Write(endpoint) });
}
