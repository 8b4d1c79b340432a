using System.Text;
using System.Text.Json;
using Webhooks.Vectors;

namespace Webhooks;

/// <summary>The requests by which providers find out that an endpoint is theirs to call, and the attacks upon
/// them.</summary>
public class ChallengeTests
{
    // Confirming a subscription to Amazon SNS takes servers: SnsConfirmationTests has it.
    private static readonly string[] Elsewhere = ["sns-subscription-confirmation"];

    private static readonly Dictionary<string, WebhookProvider> Providers = new()
    {
        ["zoom"] = WebhookProviders.Zoom,
        ["slack"] = WebhookProviders.Slack,
        ["meta"] = WebhookProviders.Meta,
        ["dropbox"] = WebhookProviders.Dropbox,
        ["nylas"] = WebhookProviders.Nylas,
        ["microsoft-graph"] = WebhookProviders.MicrosoftGraph,
        ["twitch"] = WebhookProviders.Twitch,
        ["okta"] = WebhookProviders.Okta,
        ["cloudevents"] = WebhookProviders.CloudEvents,
        ["azure-eventgrid"] = WebhookProviders.EventGrid,
        ["discord"] = WebhookProviders.Discord,
        ["discord-webhook-events"] = WebhookProviders.DiscordEvents,
        ["xero"] = WebhookProviders.Xero,
        ["asana"] = WebhookProviders.Asana,
        ["trello"] = WebhookProviders.Trello,
        ["linkedin"] = WebhookProviders.LinkedIn,
        ["x-twitter"] = WebhookProviders.X,
        ["websub"] = WebhookProviders.WebSub,
    };

    public static TheoryData<string> Cases { get; } =
        [.. Read().Select(Id).Except(Elsewhere, StringComparer.Ordinal)];

    [Fact]
    public void Every_case_is_run_here_or_elsewhere()
    {
        Assert.Equal(32, Read().Count());
        Assert.Equal(Elsewhere, Read().Where(one => !Providers.ContainsKey(Text(one, "provider"))).Select(Id));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_challenge_is_answered_as_its_provider_expects(string id)
    {
        var one = Read().Single(one => Id(one) == id);
        var provider = Providers[Text(one, "provider")];
        var (asked, expected) = (one.GetProperty("request"), one.GetProperty("response"));
        var sender = new SimulatedProvider(provider, Find(asked, "secret") ?? (provider.Name == "okta" ? "okta-secret" : null));
        await using var receiver = await StartAsync(provider, asked, sender.Secret);

        using var response = await receiver.SendAsync(Request(asked, sender));

        Assert.Equal(expected.GetProperty("status").GetInt32(), (int)response.StatusCode);
        await CheckBodyAsync(response, expected);
        CheckHeaders(response, expected);
    }

    private static Task<Receiver> StartAsync(
        WebhookProvider provider, JsonElement asked, string secret) => Receiver.StartAsync(
            map: (app, _) =>
            {
                var answer = provider.Name == "xero" ? StatusCodes.Status200OK : StatusCodes.Status202Accepted;
                app.UseWebhookVerification();
                app.MapPost("/hook", () => Results.StatusCode(answer)).RequireWebhookVerification("billing");
            },
            sources: verification => verification
                .AddSchemes(Ed25519SignatureSchemes.All)
                .AddSource("billing", provider, secret)
                .AddSource("billing", source =>
                {
                    source.HandshakeOptions.Token = Find(asked, "verify_token");
                    source.HandshakeOptions.AllowedOrigins.Add("eventemitter.example.com");
                    source.HandshakeOptions.AllowedTopics.Add("https://example.com/feed");
                    source.HandshakeOptions.AcceptSecret((_, _, _) => new(Find(asked, "state") is null));
                }));

    private static HttpRequestMessage Request(JsonElement asked, SimulatedProvider sender)
    {
        var query = Find(asked, "query") is { } text ? "?" + text : sender.Query;
        var request = new HttpRequestMessage(new HttpMethod(Text(asked, "method")), "/hook" + query);
        var body = asked.TryGetProperty("json", out var json) ? Encoding.UTF8.GetBytes(json.GetRawText()) : [];
        if (request.Method == HttpMethod.Post)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new("application/json");
        }

        foreach (var header in Properties(asked, "headers"))
            request.With(header.Name, header.Value.GetString()!);
        if (IsSigned(asked))
        {
            foreach (var (name, value) in Some.Signature(body, sender.SigningKey, sender.Scheme, url: "http://localhost/hook" + query))
                request.With(name, value);
        }

        return request;
    }

    // Event Grid proves itself by a credential of the application's own, which the case leaves out.
    private static bool IsSigned(JsonElement asked) =>
        Properties(asked, "headers").Any(header => header.Name == "aeg-event-type")
        || (asked.TryGetProperty("signed", out var signed) && signed.ValueKind != JsonValueKind.False);

    private static async Task CheckBodyAsync(HttpResponseMessage response, JsonElement expected)
    {
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (expected.TryGetProperty("json", out var json))
            Assert.True(JsonElement.DeepEquals(json, JsonDocument.Parse(body).RootElement), body);
        if (Find(expected, "text") is not { } text)
            return;

        Assert.Equal(text, body);
        if (text.Length > 0)
        {
            Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
            Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        }
    }

    private static void CheckHeaders(HttpResponseMessage response, JsonElement expected)
    {
        foreach (var header in Properties(expected, "headers"))
            Assert.Equal(header.Value.GetString(), Header(response, header.Name));
        if (!expected.TryGetProperty("absent_headers", out var absent))
            return;

        foreach (var name in absent.EnumerateArray())
            Assert.Null(Header(response, name.GetString()!));
    }

    private static string? Header(HttpResponseMessage response, string name)
    {
        var lines = response.Headers.Concat(response.Content.Headers)
            .Where(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))
            .SelectMany(header => header.Value).ToList();
        return lines.Count == 0 ? null : string.Join(", ", lines);
    }

    private static JsonElement.ArrayEnumerator Read() =>
        VectorSuite.Read("challenges").GetProperty("cases").EnumerateArray();

    private static JsonElement.ObjectEnumerator Properties(JsonElement one, string name) =>
        one.TryGetProperty(name, out var found) ? found.EnumerateObject() : default;

    private static string Id(JsonElement one) => Text(one, "id");

    private static string Text(JsonElement one, string name) => one.GetProperty(name).GetString()!;

    private static string? Find(JsonElement one, string name) =>
        one.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;
}
