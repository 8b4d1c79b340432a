using System.Net.Http.Headers;

namespace Webhooks;

/// <summary>One signed webhook, of which any number of copies can be sent.</summary>
internal sealed class Copies(byte[] body, IReadOnlyList<KeyValuePair<string, string>> headers)
{
    public static Copies New(SignatureScheme? scheme = null, SigningSecret? secret = null)
    {
        var body = Some.JsonBody();
        return new Copies(body, Some.Signature(body, secret, scheme));
    }

    public HttpRequestMessage Next(string path = "/hook")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
