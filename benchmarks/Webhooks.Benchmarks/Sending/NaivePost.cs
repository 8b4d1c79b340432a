using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Benchmarks.Sending;

/// <summary>What is written first: text content, an HMAC over a string, a client of the factory, the standard resilience handler.</summary>
internal static class NaivePost
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    public static Func<Task> Create(Uri url, byte[] payload)
    {
        var services = new ServiceCollection();
        services.AddHttpClient("naive")
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { UseProxy = false })
            .AddStandardResilienceHandler();
        var clients = services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>();
        var body = Convert.ToBase64String(payload)[..payload.Length];
        return async () =>
        {
            var id = MessageId.New().Value;
            var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            using var hmac = new HMACSHA256(Convert.FromBase64String(Secret["whsec_".Length..]));
            var signature = hmac.ComputeHash(Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}"));
            using var request = new HttpRequestMessage(HttpMethod.Post, url);
            request.Headers.Add("webhook-id", id);
            request.Headers.Add("webhook-timestamp", timestamp);
            request.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(signature));
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await clients.CreateClient("naive").SendAsync(request).ConfigureAwait(false);
            response.EnsureSuccessStatusCode();
        };
    }
}
