using System.Net;

namespace Webhooks;

/// <summary>What the recorded challenges don't show.</summary>
public class HandshakeRuleTests
{
    [Theory]
    [InlineData("notification", "channel.follow")]
    [InlineData("revocation", "revocation")]
    public async Task A_revocation_is_not_taken_for_an_event_of_its_subscription(string messageType, string expected)
    {
        var sender = new SimulatedProvider(WebhookProviders.Twitch);
        await using var receiver = await Received.StartAsync(
            builder => builder.AddSource("billing", WebhookProviders.Twitch, sender.Secret));
        var body = Received.Json("""{"subscription":{"type":"channel.follow","status":"user_removed"}}""");

        var answer = await Received.AskAsync(
            receiver, Received.Request(sender, body, ("Twitch-Eventsub-Message-Type", messageType)));

        Assert.EndsWith("|" + expected, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "webhook_id=42", null, HttpStatusCode.OK)]
    [InlineData("application/x-www-form-urlencoded", "webhook_id=42", "bm90IGEgc2lnbmF0dXJl", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", "", null, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", "webhook_id=42", null, HttpStatusCode.Unauthorized)]
    public async Task WooCommerces_ping_is_answered_and_goes_no_further(
        string contentType, string body, string? signature, HttpStatusCode expected)
    {
        await using var receiver = await StartAsync(WebhookProviders.WooCommerce);
        var request = Post(body, contentType);
        if (signature is not null)
            request.With("X-WC-Webhook-Signature", signature);

        Assert.Equal(expected, await receiver.StatusOfAsync(request));
        Assert.Empty(receiver.Handled);
    }

    [Fact]
    public async Task A_ping_too_long_to_be_one_is_refused()
    {
        await using var receiver = await StartAsync(WebhookProviders.WooCommerce);

        var status = await receiver.StatusOfAsync(Post(new string('1', 65), "application/x-www-form-urlencoded"));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, status);
    }

    [Theory]
    [InlineData("mailchimp", "GET", 200)]
    [InlineData("mailchimp", "HEAD", 200)]
    [InlineData("mailchimp", "PUT", 405)]
    [InlineData("trello", "HEAD", 200)]
    [InlineData("trello", "GET", 405)]
    public async Task A_probe_is_answered_with_nothing(string provider, string method, int expected)
    {
        await using var receiver = await StartAsync(WebhookProviders.Find(provider)!);

        using var response = await receiver.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/hook"));

        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Empty(receiver.Handled);
    }

    [Theory]
    [InlineData("subscribe", "https://example.com/feed", 200)]
    [InlineData("subscribe", "https://example.com/other", 404)]
    [InlineData("unsubscribe", "https://example.com/feed", 404)]
    [InlineData("unsubscribe", "https://example.com/other", 200)]
    public async Task A_topic_is_subscribed_to_only_as_the_application_wants(string mode, string topic, int expected)
    {
        await using var receiver = await StartAsync(
            WebhookProviders.WebSub, source => source.HandshakeOptions.AllowedTopics.Add("https://example.com/feed"));
        var query = $"hub.mode={mode}&hub.topic={Uri.EscapeDataString(topic)}&hub.challenge=abc";

        var status = await receiver.StatusOfAsync(new HttpRequestMessage(HttpMethod.Get, "/hook?" + query));

        Assert.Equal(expected, (int)status);
    }

    [Theory]
    [InlineData("890e4665-4dfe-4ab1-b689-ed553bceeed", 400)]
    [InlineData("%7B%22type%22%3A%22LEAD_ACTION%22%7D", 400)]
    [InlineData("890e4665-4dfe-4ab1-b689-ed553bceeed0", 200)]
    public async Task LinkedIn_is_answered_nothing_but_the_signature_of_a_uuid(string code, int expected)
    {
        await using var receiver = await StartAsync(WebhookProviders.LinkedIn);

        var status = await receiver.StatusOfAsync(new HttpRequestMessage(HttpMethod.Get, "/hook?challengeCode=" + code));

        Assert.Equal(expected, (int)status);
    }

    [Fact]
    public async Task Event_grid_is_answered_only_with_the_token_that_its_url_carries()
    {
        var sender = new SimulatedProvider(WebhookProviders.EventGrid);
        await using var receiver = await Receiver.StartAsync(
            sources: builder => builder.AddSource("billing", WebhookProviders.EventGrid, sender.Secret));
        var body = Received.Json("""
            [{"eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"512d38b6"}}]
            """);

        var right = Received.Request(sender, body, ("aeg-event-type", "SubscriptionValidation"));
        var wrong = Received.Request(sender, body, ("aeg-event-type", "SubscriptionValidation"));
        wrong.RequestUri = new Uri("/hook?token=other", UriKind.Relative);

        Assert.Equal("""{"validationResponse":"512d38b6"}""", await Received.AskAsync(receiver, right));
        Assert.Equal("401", await Received.AskAsync(receiver, wrong));
    }

    private static Task<Receiver> StartAsync(WebhookProvider provider, Action<WebhookSourceOptions>? configure = null) =>
        Receiver.StartAsync(
            sources: builder => builder.AddSource("billing", provider, new SimulatedProvider(provider).Secret)
                .AddSource("billing", source => configure?.Invoke(source)));

    private static HttpRequestMessage Post(string body, string contentType) => new(HttpMethod.Post, "/hook")
    {
        Content = new StringContent(body, System.Text.Encoding.ASCII, contentType),
    };
}
