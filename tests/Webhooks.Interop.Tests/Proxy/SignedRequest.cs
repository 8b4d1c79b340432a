using System.Net.Http.Headers;

namespace Webhooks;

/// <summary>A request as a provider would send it.</summary>
internal static class SignedRequest
{
    public static HttpRequestMessage Create(SimulatedProvider provider, Uri url, byte[]? body = null)
    {
        body ??= provider.Body();
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(provider.ContentType);
        var context = new SigningContext
        {
            MessageId = MessageId.New(),
            Timestamp = The.Now,
            Secrets = [provider.SigningKey],
            ContentType = provider.ContentType,
            Url = url.AbsoluteUri,
        };
        provider.Scheme.Sign(context, body, new Headers(request));
        return request;
    }

    private sealed class Headers(HttpRequestMessage request) : ISignatureHeaderWriter
    {
        public void Write(string name, string value) => request.Headers.TryAddWithoutValidation(name, value);
    }
}
