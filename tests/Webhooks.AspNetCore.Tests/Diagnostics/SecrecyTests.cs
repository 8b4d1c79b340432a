using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Webhooks;

/// <summary>Everything goes wrong, and everything that comes out of it is searched for what must not be in it.</summary>
public class SecrecyTests
{
    private const string ApiKey = "apikey-5d0f27";
    private const string Token = "token-93ab11";
    private const string Password = "password-e2c4d8";
    private static readonly string Secret = Some.SecretText();

    [Fact]
    public async Task No_secret_leaves_through_logs_answers_traces_or_texts()
    {
        // Traces of other tests come in at the same time.
        var seen = new ConcurrentQueue<string>();
        using var listener = Listen(seen);
        await using var receiver = await Receiver.StartAsync(Configure, map: Map);
        foreach (var request in Requests())
        {
            try
            {
                using var response = await receiver.SendAsync(request);
                seen.Enqueue(response.ToString());
                seen.Enqueue(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            }
            catch (InvalidOperationException exception)
            {
                seen.Enqueue(exception.ToString());
            }
        }

        var options = new WebhookSourceOptions();
        Configure(options);
        seen.Enqueue($"{options}");
        seen.Enqueue(JsonSerializer.Serialize(new { options.Scheme, Lists = options.ToString() }));
        seen.Enqueue(JsonSerializer.Serialize(options.BasicCredentials));
        seen.Enqueue(string.Join(' ', options.BasicCredentials));

        var text = string.Join('\n', seen.Concat(receiver.LogTexts));
        Assert.Contains("signature_mismatch", text, StringComparison.Ordinal);
        Assert.Contains("webhooks.verify", text, StringComparison.Ordinal);
        foreach (var marker in Markers())
            Assert.DoesNotContain(marker, text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Options_can_be_serialized_without_giving_their_secrets_away()
    {
        var options = new WebhookSourceOptions();
        Configure(options);
        options.Scheme = null;

        var text = JsonSerializer.Serialize(options);

        Assert.Contains("MaxBodySize", text, StringComparison.Ordinal);
        foreach (var marker in Markers())
            Assert.DoesNotContain(marker, text, StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Markers()
    {
        var key = Convert.FromBase64String(Secret["whsec_".Length..]);
        return [Secret["whsec_".Length..], Convert.ToHexString(key), ApiKey, Token, Password];
    }

    private static void Configure(WebhookSourceOptions source)
    {
        source.Secrets.Add(Secret);
        source.ApiKeys.Add(ApiKey);
        source.BearerTokens.Add(Token);
        source.BasicCredentials.Add(new WebhookBasicCredential("user", Password));
    }

    private static void Map(WebApplication app, Receiver.Handler handler)
    {
        app.UseWebhookVerification();
        app.MapPost("/hook", handler.ReadStreamAsync).RequireWebhookVerification("billing");
        app.MapPost("/throws", context => throw new InvalidOperationException($"{context.GetVerifiedWebhook()}"))
            .RequireWebhookVerification("billing");
        app.MapPost("/bound", (VerifiedWebhook webhook) => handler.Note(webhook.ToArray()));
    }

    private static IEnumerable<HttpRequestMessage> Requests()
    {
        var secret = SigningSecret.Parse(Secret);
        yield return Some.Webhook(secret: secret);
        yield return Some.Webhook(secret: secret).With("X-Api-Key", ApiKey);
        yield return Some.Webhook(secret: secret, path: "/throws").With("Authorization", $"Bearer {Token}");
        yield return Some.Webhook(secret: secret, path: "/bound").With("X-Api-Key", ApiKey);
        yield return Some.Webhook(secret: SigningSecret.Generate()).With("X-Api-Key", ApiKey);
        yield return Some.Webhook(secret: secret).With("X-Api-Key", ApiKey + "x");
        yield return Some.Webhook(secret: secret).With("X-Api-Key", ApiKey).With("Content-Encoding", "gzip");
        yield return Some.Webhook(new byte[2_000_000], secret: secret).With("X-Api-Key", ApiKey);
        yield return Some.Webhook(secret: secret).With("X-Api-Key", ApiKey).Without("webhook-id");
    }

    private static ActivityListener Listen(ConcurrentQueue<string> seen)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Webhooks",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
                seen.Enqueue($"{activity.OperationName} {string.Join(' ', activity.TagObjects)}"),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
