namespace Webhooks;

/// <summary>CloudEvents over HTTP: where an event says what it is depends on its mode.</summary>
public class CloudEventsTests
{
    private const string Structured = "application/cloudevents+json";

    private static readonly (string, string)[] Binary =
        [("ce-id", "A234"), ("ce-source", "/orders"), ("ce-type", "com.example.made"), ("ce-specversion", "1.0")];

    [Fact]
    public async Task In_binary_mode_the_headers_say_it_and_the_data_does_not()
    {
        var body = Received.Json("""{"id":"inner","source":"inner","type":"inner"}""");

        Assert.Equal("/orders A234|com.example.made", await AskAsync("application/json", body, Binary));
        Assert.Equal("|", await AskAsync("application/json", body, ("ce-id", ""), ("ce-type", "")));
        Assert.Equal("|com.example.made", await AskAsync("application/json", body, [.. Binary, ("ce-source", "")]));
    }

    [Theory]
    [InlineData(Structured)]
    [InlineData("application/cloudevents+json; charset=utf-8")]
    public async Task In_structured_mode_the_body_says_it_and_no_header_does(string contentType)
    {
        var body = Received.Json("""{"specversion":"1.0","id":"1","source":"https://example.com/a","type":"made","data":{"id":"inner"}}""");

        Assert.Equal("https://example.com/a 1|made", await AskAsync(contentType, body, Binary));
    }

    [Fact]
    public async Task A_batch_is_refused()
    {
        Assert.Equal("415", await AskAsync("application/cloudevents-batch+json", Received.Json("[]")));
    }

    [Fact]
    public async Task They_can_be_signed_by_any_scheme()
    {
        var provider = WebhookProviders.CloudEvents with { Scheme = SignatureSchemes.GitHub };
        var sender = new SimulatedProvider(provider) { ContentType = Structured };
        var body = Received.Json("""{"specversion":"1.0","id":"1","source":"/a","type":"made"}""");
        await using var receiver = await Received.StartAsync(builder => builder.AddSource("billing", provider, sender.Secret));

        Assert.Equal("/a 1|made", await Received.AskAsync(receiver, Received.Request(sender, body)));
        Assert.Equal("401", await Received.AskAsync(receiver, Received.Request(sender, body).Without("X-Hub-Signature-256")));
    }

    [Fact]
    public async Task An_id_that_is_signed_comes_before_the_events_own()
    {
        var provider = WebhookProviders.CloudEvents with { Scheme = SignatureSchemes.StandardWebhooks };
        var sender = new SimulatedProvider(provider);
        await using var receiver = await Received.StartAsync(builder => builder.AddSource("billing", provider, sender.Secret));

        var answer = await Received.AskAsync(receiver, Received.Request(sender, Received.Json("{}"), Binary));

        Assert.StartsWith("msg_", answer, StringComparison.Ordinal);
        Assert.EndsWith("|com.example.made", answer, StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(string contentType, byte[] body, params (string, string)[] headers)
    {
        var sender = new SimulatedProvider(WebhookProviders.CloudEvents);
        await using var receiver = await Received.StartAsync(
            builder => builder.AddSource("billing", WebhookProviders.CloudEvents, sender.Secret));
        var request = Received.Request(sender, body, headers);
        request.Content!.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(contentType);

        return await Received.AskAsync(receiver, request);
    }
}
