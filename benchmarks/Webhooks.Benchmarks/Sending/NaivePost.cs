using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Benchmarks.Sending;

/// <summary>What is written first: text content, an HMAC over a string, a client of the factory, the standard resilience handler.</summary>
internal sealed class NaivePost(Uri url, byte[] payload) : PostUnderTest
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly IHttpClientFactory _clients = Clients();
    private readonly string _body = Convert.ToBase64String(payload)[..payload.Length];

    public override async Task SendAsync()
    {
        var id = MessageId.New().Value;
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var hmac = new HMACSHA256(Convert.FromBase64String(Secret["whsec_".Length..]));
        var signature = hmac.ComputeHash(Encoding.UTF8.GetBytes($"{id}.{timestamp}.{_body}"));
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(signature));
        request.Content = new StringContent(_body, Encoding.UTF8, "application/json");
        using var response = await _clients.CreateClient("naive").SendAsync(request).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
    }

    private static IHttpClientFactory Clients()
    {
        var services = new ServiceCollection();
        services.AddHttpClient("naive").AddStandardResilienceHandler();
        return services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>();
    }
}
