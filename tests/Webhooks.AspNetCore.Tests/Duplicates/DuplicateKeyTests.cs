namespace Webhooks;

/// <summary>What one recorded request can be turned into has one key, and what somebody else signed another.</summary>
public class DuplicateKeyTests
{
    private const string Form = "application/x-www-form-urlencoded";

    private static readonly SigningSecret Secret = SigningSecret.FromText("a secret as text");

    [Theory]
    [InlineData("Body=a+b%3F&From=%2B1&To=2", true)]
    [InlineData("To=2&From=%2B1&Body=a+b%3F", true)]
    [InlineData("Body=a%20b%3f&From=%2B1&%54o=%32", true)]
    [InlineData("Body=a+b?&From=%2B1&To=2&To=2&&", true)]
    [InlineData("Body=a+b%3F&From=%2B1&To=3", false)]
    public async Task A_form_that_is_written_otherwise_is_the_same_webhook(string body, bool same)
    {
        await using var keys = await KeyReader.StartAsync(SignatureSchemes.Twilio, Secret);
        var sent = ReceivedRequest.Signed(SignatureSchemes.Twilio, Secret, "Body=a+b%3F&From=%2B1&To=2", contentType: Form);

        var other = same ? sent.WithBody(body).With("I-Twilio-Idempotency-Token", "other")
            : ReceivedRequest.Signed(SignatureSchemes.Twilio, Secret, body, contentType: Form);

        await AssertAsync(keys, sent, other, same);
    }

    [Theory]
    [InlineData("https://receiver.example.com:443/hook")]
    [InlineData("https://receiver.example.com/hook")]
    public async Task A_port_that_twilio_leaves_out_or_not_makes_no_other_webhook(string url)
    {
        await using var keys = await KeyReader.StartAsync(SignatureSchemes.Twilio, Secret);
        var sent = ReceivedRequest.Signed(SignatureSchemes.Twilio, Secret, "a=1", url: url, contentType: Form);

        await AssertAsync(keys, sent, sent with { Url = "https://receiver.example.com/hook" }, same: true);
        await AssertAsync(keys, sent, sent with { Url = "https://receiver.example.com:443/hook" }, same: true);
    }

    [Theory]
    [InlineData("https://receiver.example.com/hook?at=12%3A30&x=%2F", true)]
    [InlineData("https://receiver.example.com/hook?at=12:30&x=/", true)]
    [InlineData("https://receiver.example.com/hook?at=12%3a30&x=%2f", true)]
    [InlineData("https://receiver.example.com/hook?at=12%3A31&x=%2F", false)]
    public async Task A_url_that_hubspot_signs_alike_is_the_same_webhook(string url, bool same)
    {
        await using var keys = await KeyReader.StartAsync(SignatureSchemes.HubSpot, Secret);
        var sent = ReceivedRequest.Signed(
            SignatureSchemes.HubSpot, Secret, "[1]", url: "https://receiver.example.com/hook?at=12%3A30&x=%2F");

        var other = same ? sent with { Url = url } : ReceivedRequest.Signed(SignatureSchemes.HubSpot, Secret, "[1]", url: url);

        await AssertAsync(keys, sent, other, same);
    }

    [Theory]
    [InlineData("hubspot-v1")]
    [InlineData("hubspot-v2")]
    [InlineData("github")]
    [InlineData("shopify")]
    [InlineData("zendesk")]
    [InlineData("trello")]
    public async Task What_is_not_signed_makes_no_other_webhook(string name)
    {
        var scheme = SignatureSchemes.Find(name)!;
        await using var keys = await KeyReader.StartAsync(scheme, Secret);
        var sent = ReceivedRequest.Signed(scheme, Secret, """{"number":1}""");
        var copy = new[] { scheme.Fields.IdHeader, scheme.Fields.EventTypeHeader }.OfType<string>()
            .Aggregate(sent.With("X-Request-Id", "7"), (request, header) => request.With(header, "other"));

        await AssertAsync(keys, sent, copy, same: true);
        await AssertAsync(keys, sent, ReceivedRequest.Signed(scheme, Secret, """{"number":2}"""), same: false);
    }

    [Theory]
    [InlineData("gitlab", true)]
    [InlineData("telegram", false)]
    [InlineData("okta", false)]
    public async Task Where_nothing_is_signed_the_id_tells_webhooks_apart(string name, bool hasHeader)
    {
        var scheme = SignatureSchemes.Find(name)!;
        using var token = scheme.ParseSecret("a-token");
        await using var keys = await KeyReader.StartAsync(scheme, token);
        string Body(int id, int attempt) =>
            hasHeader ? $$"""{"attempt":{{attempt}}}""" : $$"""{"update_id":{{id}},"eventId":{{id}},"attempt":{{attempt}}}""";
        ReceivedRequest Request(int id, int attempt) => ReceivedRequest.Signed(scheme, token, Body(id, attempt), $"id_{id}");

        await AssertAsync(keys, Request(1, 1), Request(1, 2), same: true);
        await AssertAsync(keys, Request(1, 1), Request(2, 1), same: false);
    }

    [Fact]
    public async Task CloudEvents_in_headers_that_have_one_body_are_told_apart_by_their_ids_and_sources()
    {
        using var token = SignatureSchemes.CloudEvents.ParseSecret("a-token");
        await using var keys = await KeyReader.StartAsync(WebhookProviders.CloudEvents, token);
        ReceivedRequest Event(string id, string source) => ReceivedRequest
            .Signed(SignatureSchemes.CloudEvents, token, "{}", id).With("ce-source", source);

        await AssertAsync(keys, Event("1", "/a"), Event("1", "/a"), same: true);
        await AssertAsync(keys, Event("1", "/a"), Event("2", "/a"), same: false);
        await AssertAsync(keys, Event("1", "/a"), Event("1", "/b"), same: false);
    }

    [Fact]
    public async Task Credentials_and_tokens_in_urls_are_no_part_of_the_key()
    {
        var (old, current) = (SignatureSchemes.UrlToken.ParseSecret("old"), SignatureSchemes.UrlToken.ParseSecret("new"));
        await using var keys = await KeyReader.StartAsync(WebhookProviders.Mailchimp, old, current);
        ReceivedRequest Request(string body, string url) => new(url, new HeaderList { { "Content-Type", Form } }, [.. body.Select(letter => (byte)letter)]);
        var sent = Request("type=subscribe", "https://receiver.example.com/hook?token=old");

        await AssertAsync(keys, sent, Request("type=subscribe", "https://receiver.example.com/hook?token=new"), same: true);
        await AssertAsync(keys, sent, Request("type=cleaned", "https://receiver.example.com/hook?token=old"), same: false);
    }

    [Fact]
    public async Task An_id_in_a_header_that_only_the_source_knows_is_not_taken_for_signed()
    {
        var provider = WebhookProviders.Stripe with { Fields = new MessageFields { IdHeader = "X-Request-Id", IdProperty = "id" } };
        await using var keys = await KeyReader.StartAsync(provider, Secret);
        var sent = ReceivedRequest.Signed(SignatureSchemes.Stripe, Secret, """{"id":"evt_1"}""").With("X-Request-Id", "1");

        await AssertAsync(keys, sent, sent.With("X-Request-Id", "2"), same: true);
        await AssertAsync(keys, sent, sent.With("X-Request-Id", null), same: true);
    }

    [Fact]
    public async Task A_media_type_does_not_decide_whether_the_id_counts()
    {
        var provider = WebhookProviders.CloudEvents with { Scheme = SignatureSchemes.GitHub };
        await using var keys = await KeyReader.StartAsync(provider, Secret);
        var sent = ReceivedRequest.Signed(SignatureSchemes.GitHub, Secret, """{"id":"1","source":"/a"}""");

        await AssertAsync(keys, sent, sent.With("ce-id", "2").With("ce-source", "/b"), same: true);
        await AssertAsync(keys, sent, sent.With("Content-Type", "application/cloudevents+json"), same: true);
    }

    [Fact]
    public async Task An_id_that_the_source_finds_in_a_signed_body_is_known_again_at_another_time()
    {
        using var pair = Ed25519KeyPair.Generate();
        await using var keys = await KeyReader.StartAsync(WebhookProviders.Discord, pair.PublicKey);
        ReceivedRequest Request(string id, int minutes) => ReceivedRequest.Signed(
            Ed25519SignatureSchemes.Discord, pair.PrivateKey, $$"""{"id":"{{id}}","type":2}""", at: The.Now.AddMinutes(minutes));

        await AssertAsync(keys, Request("1", 0), Request("1", 1), same: true);
        await AssertAsync(keys, Request("1", 0), Request("2", 0), same: false);
    }

    [Theory]
    [InlineData("one", "two", false)]
    [InlineData("one", "one", true)]
    [InlineData(null, "one", false)]
    public async Task Whoever_else_signs_an_id_does_not_use_it_up(string? firstOwner, string secondOwner, bool same)
    {
        var (first, second) = (Some.SecretText(), Some.SecretText());
        await using var keys = await KeyReader.StartAsync(
            SignatureSchemes.StandardWebhooks,
            SigningSecret.Parse(first).WithOwner(firstOwner),
            SigningSecret.Parse(second).WithOwner(secondOwner));
        ReceivedRequest Request(string secret) =>
            ReceivedRequest.Signed(SignatureSchemes.StandardWebhooks, SigningSecret.Parse(secret), "{}");

        await AssertAsync(keys, Request(first), Request(second), same);
    }

    [Fact]
    public async Task Owners_and_ids_are_not_run_together()
    {
        var (first, second) = (Some.SecretText(), Some.SecretText());
        await using var keys = await KeyReader.StartAsync(
            SignatureSchemes.StandardWebhooks,
            SigningSecret.Parse(first).WithOwner("a:billing:id:b"),
            SigningSecret.Parse(second).WithOwner("a"));

        await AssertAsync(
            keys,
            ReceivedRequest.Signed(SignatureSchemes.StandardWebhooks, SigningSecret.Parse(first), "{}", "c"),
            ReceivedRequest.Signed(SignatureSchemes.StandardWebhooks, SigningSecret.Parse(second), "{}", "b:billing:id:c"),
            same: false);
    }

    private static async Task AssertAsync(KeyReader keys, ReceivedRequest one, ReceivedRequest other, bool same)
    {
        var (first, second) = (await keys.ReadAsync(one), await keys.ReadAsync(other));

        Assert.NotNull(first);
        Assert.NotNull(second);
        Assert.Equal(same, first == second);
    }
}
