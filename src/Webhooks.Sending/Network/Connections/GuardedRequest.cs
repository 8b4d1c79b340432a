using System.Net;

namespace Webhooks;

/// <summary>Judges a request each time it is sent, whether or not it will need a new connection.</summary>
internal static class GuardedRequest
{
    public static NetworkVerdict Judge(HttpRequestMessage request, NetworkPolicy policy)
    {
        if (request.Method == HttpMethod.Connect)
            return new NetworkVerdict(NetworkOutcome.MethodNotAllowed);
        if (request.RequestUri is not { } url)
            return new NetworkVerdict(NetworkOutcome.MalformedUrl);

        // The Host header, where there is one, is also the name the server's certificate is checked against.
        return request.Headers.Host is { } host && !IsHostOf(url, host)
            ? new NetworkVerdict(NetworkOutcome.HostHeaderMismatch)
            : Judge(request, url, policy);
    }

    /// <summary>Keeps a request off HTTP/3, whose connections do not pass through the guard.</summary>
    public static void ForbidHttp3(HttpRequestMessage request)
    {
        if (request.Version > HttpVersion.Version20)
            request.Version = HttpVersion.Version20;
        if (request.VersionPolicy == HttpVersionPolicy.RequestVersionOrHigher)
        {
            request.Version = HttpVersion.Version20;
            request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        }
    }

    // An endpoint's URL and a policy never change, so the endpoint can keep the verdict. A handler may have put another
    // URL into the request.
    private static NetworkVerdict Judge(HttpRequestMessage request, Uri url, NetworkPolicy policy) =>
        request is WebhookRequest webhook && ReferenceEquals(webhook.Endpoint.Url, url)
            ? webhook.Endpoint.JudgeUrl(policy)
            : policy.Judge(url);

    private static bool IsHostOf(Uri url, string host) =>
        host.Equals(url.Authority, StringComparison.OrdinalIgnoreCase)
        || host.Equals(url.IdnHost, StringComparison.OrdinalIgnoreCase)
        || host.Equals($"{url.IdnHost}:{url.Port}", StringComparison.OrdinalIgnoreCase);
}
