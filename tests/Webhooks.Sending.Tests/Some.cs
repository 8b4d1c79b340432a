using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks.Tests;

/// <summary>New, unique things.</summary>
internal static class Some
{
    public static WebhookMessage Message(string type = "invoice.paid")
        => WebhookMessage.Create(type, Encoding.UTF8.GetBytes($"{{\"id\":\"{RandomNumberGenerator.GetHexString(16)}\"}}"));

    public static WebhookEndpoint Endpoint(Uri? url = null) => new(url ?? The.Url, The.SigningSecret);

    public static WebhookEndpoint Endpoint(RetryPolicy retries) => Endpoint() with { RetryPolicy = retries };

    public static HttpResponseMessage Response(int status = 204, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status);
        foreach (var (name, value) in headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    public static WebhookAttempt Attempt(int number = 1, int status = 500, TimeSpan? retryAfter = null)
        => new(number, The.Now, TimeSpan.FromMilliseconds(12), new AttemptOutcome(WebhookErrorKind.HttpStatus)
        {
            StatusCode = status,
            RetryAfter = retryAfter,
        });

    public static RetryContext RetryContext(
        int attempts = 1, TimeSpan elapsed = default, double random = 0.5, TimeSpan? retryAfter = null)
        => new(Attempt(attempts, retryAfter: retryAfter), attempts, elapsed, Endpoint(), new FixedRandom(random));
}
