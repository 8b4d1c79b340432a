using System.Net;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>The limit as callers meet it, on Kestrel behind a trusted proxy.</summary>
public class FailureLimitTests
{
    private const string Flooder = "198.51.100.7";
    private const string Sender = "192.0.2.7";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"type":"invoice.paid"}""");

    [Fact]
    public async Task Whoever_fails_too_often_is_told_when_to_come_again()
    {
        await using var receiver = await StartAsync();

        var statuses = await FloodAsync(receiver, Flooder, 25);
        using var limited = await receiver.SendAsync(Forged().From(Flooder));
        var problem = await limited.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var other = await receiver.StatusOfAsync(Forged().From("198.51.100.8"));

        Assert.Equal(20, statuses.Count(status => status == HttpStatusCode.Unauthorized));
        Assert.Equal(5, statuses.Count(status => status == HttpStatusCode.TooManyRequests));
        Assert.Equal(TimeSpan.FromSeconds(1), limited.Headers.RetryAfter!.Delta);
        Assert.Equal("""{"type":"about:blank","status":429,"title":"Too Many Requests"}""", problem);
        Assert.Equal(HttpStatusCode.Unauthorized, other);
        Assert.Equal(20, receiver.Logs.GetSnapshot().Count(record => record.Id.Id == 501 && record.Message.Contains(Flooder)));
        Assert.Single(receiver.Logs.GetSnapshot(), record => record.Id.Id == 594);
    }

    [Fact]
    public async Task A_limited_caller_gets_its_answer_before_it_has_sent_its_body()
    {
        await using var receiver = await StartAsync();
        await FloodAsync(receiver, Flooder, 20);
        using var connection = await receiver.ConnectAsync();

        await connection.SendAsync(Some.Head(Body, "Content-Length: 1000000", "/hook", $"X-Forwarded-For: {Flooder}"));
        var (status, head, _) = await connection.ReadResponseAsync();

        Assert.Equal(429, status);
        Assert.Contains("Connection: close", head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_address_whose_webhooks_verify_is_never_limited_whatever_else_comes_from_it()
    {
        await using var receiver = await StartAsync();
        var first = await receiver.StatusOfAsync(Some.Webhook().From(Sender));

        var flood = await FloodAsync(receiver, Sender, 100);
        var good = await receiver.StatusOfAsync(Some.Webhook().From(Sender));

        Assert.Equal(HttpStatusCode.NoContent, first);
        Assert.All(flood, status => Assert.Equal(HttpStatusCode.Unauthorized, status));
        Assert.Equal(HttpStatusCode.NoContent, good);
    }

    [Fact]
    public async Task A_sender_whose_secret_was_mended_is_heard_after_an_interval()
    {
        await using var receiver = await StartAsync();
        await FloodAsync(receiver, Sender, 30);

        var early = await receiver.StatusOfAsync(Some.Webhook().From(Sender));
        receiver.Time.Advance(TimeSpan.FromSeconds(1));
        var statuses = new List<HttpStatusCode>();
        for (var index = 0; index < 50; index++)
            statuses.Add(await receiver.StatusOfAsync(Some.Webhook().From(Sender)));

        Assert.Equal(HttpStatusCode.TooManyRequests, early);
        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.NoContent, status));
    }

    [Fact]
    public async Task A_guess_at_the_token_of_a_handshake_is_a_failure()
    {
        await using var receiver = await StartAsync(sources => sources
            .AddSource("billing", WebhookProviders.Meta, "secret")
            .AddSource("billing", source => source.HandshakeOptions.Token = "token"));

        var guesses = new List<HttpStatusCode>();
        for (var index = 0; index < 25; index++)
        {
            guesses.Add(await receiver.StatusOfAsync(new HttpRequestMessage(
                HttpMethod.Get, $"/hook?hub.mode=subscribe&hub.verify_token={index}&hub.challenge=1").From(Flooder)));
        }

        Assert.Equal(5, guesses.Count(status => status == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task The_address_is_the_connections_where_no_proxy_is_trusted()
    {
        await using var receiver = await Receiver.OnKestrelAsync(map: BehindProxy.Map);

        var statuses = new List<HttpStatusCode>();
        for (var index = 0; index < 25; index++)
            statuses.Add(await receiver.StatusOfAsync(Forged().From($"198.51.100.{index}")));

        Assert.Equal(5, statuses.Count(status => status == HttpStatusCode.TooManyRequests));
    }

    [Theory]
    [InlineData("FailureLimit:Burst", "0", "FailureLimit.Burst of the webhook source 'own'")]
    [InlineData("FailureLimit:Burst", "many", "is not a number")]
    [InlineData("FailureLimit:Interval", "00:00:00", "FailureLimit.Interval of the webhook source 'own'")]
    [InlineData("FailureLimit:ExemptFor", "00:00:01", "FailureLimit.ExemptFor of the webhook source 'own'")]
    [InlineData("FailureLimit:Bursts", "1", "not a setting of a failure limit")]
    [InlineData("FailureLimit", "20", "is a section")]
    [InlineData("Sources:own:FailureLimit:Burst", "0", "FailureLimit.Burst of the webhook source 'own'")]
    public void A_limit_that_makes_no_sense_stops_the_application_from_starting(string key, string value, string message)
    {
        using var services = Configure((key, value));

        var refusal = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<WebhookSources>().Validate());

        Assert.Contains(refusal.Failures, failure => failure.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_source_s_own_limit_goes_before_the_one_for_all()
    {
        using var services = Configure(
            ("FailureLimit:Burst", "5"), ("FailureLimit:Interval", "00:00:02"), ("Sources:other:Secrets:0", The.SecretText),
            ("Sources:other:FailureLimit:Enabled", "false"));
        var sources = services.GetRequiredService<WebhookSources>();

        sources.TryFind("own", out var own);
        sources.TryFind("other", out var other);

        Assert.Equal(new FailureLimit(5, TimeSpan.FromSeconds(2), TimeSpan.FromDays(1)), own!.Current!.FailureLimit);
        Assert.Null(other!.Current!.FailureLimit);
    }

    private static HttpRequestMessage Forged() => Some.Webhook(Body, secret: SigningSecret.Generate());

    private static Task<Receiver> StartAsync(Action<WebhookVerificationBuilder>? sources = null) =>
        Receiver.OnKestrelAsync(map: BehindProxy.Map, configure: BehindProxy.TrustLoopback, sources: sources);

    private static async Task<List<HttpStatusCode>> FloodAsync(Receiver receiver, string address, int count)
    {
        var statuses = new List<HttpStatusCode>();
        for (var index = 0; index < count; index++)
            statuses.Add(await receiver.StatusOfAsync(Forged().From(address)));
        return statuses;
    }

    private static ServiceProvider Configure(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings
            .Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value))
            .Append(new("Sources:own:Secrets:0", The.SecretText))).Build();
        var services = new ServiceCollection();
        services.AddWebhookVerification(configuration);
        return services.BuildServiceProvider();
    }
}
