using System.Net;
using System.Text;

namespace Webhooks;

/// <summary>What an application learns of a webhook: its id and its event type.</summary>
internal static class Received
{
    /// <summary>Starts an application that answers with the id and the event type of each webhook.</summary>
    public static Task<Receiver> StartAsync(Action<WebhookVerificationBuilder> sources) => Receiver.StartAsync(
        map: (app, _) =>
        {
            app.UseWebhookVerification();
            app.MapPost("/hook", (VerifiedWebhook webhook) => $"{webhook.Id}|{webhook.EventType}").RequireWebhookVerification("billing");
        },
        sources: sources);

    /// <summary>A request that the provider signs, with more headers, or its own replaced.</summary>
    public static HttpRequestMessage Request(
        SimulatedProvider sender, byte[] body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/hook" + sender.Query) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new(sender.ContentType);
        foreach (var (name, value) in Some.Signature(body, sender.SigningKey, sender.Scheme, url: "http://localhost/hook" + sender.Query))
            request.With(name, value);
        foreach (var (name, value) in headers)
            request.Without(name).With(name, value);
        return request;
    }

    /// <summary>What the application answers, or the status where it isn't asked.</summary>
    public static async Task<string> AskAsync(Receiver receiver, HttpRequestMessage request)
    {
        using var response = await receiver.SendAsync(request);
        return response.StatusCode == HttpStatusCode.OK
            ? await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
            : ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    public static byte[] Json(string text) => Encoding.UTF8.GetBytes(text);
}
