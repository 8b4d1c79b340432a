using System.Net.Http.Headers;

namespace Webhooks;

/// <summary>Changes one header of a request, wherever the platform wants it to be.</summary>
internal static class RequestExtensions
{
    public static HttpRequestMessage With(this HttpRequestMessage request, string name, string value)
    {
        HeadersOf(request, name).TryAddWithoutValidation(name, value);
        return request;
    }

    public static HttpRequestMessage Without(this HttpRequestMessage request, string name)
    {
        HeadersOf(request, name).Remove(name);
        return request;
    }

    private static HttpHeaders HeadersOf(HttpRequestMessage request, string name) =>
        name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) ? request.Content!.Headers : request.Headers;
}
