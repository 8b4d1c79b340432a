using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks;

/// <summary>New, unique things.</summary>
internal static class Some
{
    public static byte[] Body(int length = 64) => RandomNumberGenerator.GetBytes(length);

    public static byte[] JsonBody() =>
        Encoding.UTF8.GetBytes($$$"""{"type":"invoice.paid","data":{"id":{{{RandomNumberGenerator.GetInt32(1_000_000)}}}}}""");

    public static string SecretText() => SigningSecret.Generate().Reveal();

    /// <summary>The headers that sign a body, for the test's clock.</summary>
    public static List<KeyValuePair<string, string>> Signature(
        byte[] body, SigningSecret? secret = null, SignatureScheme? scheme = null, DateTimeOffset? at = null, string? url = null)
    {
        var headers = new HeaderLines();
        (scheme ?? SignatureSchemes.StandardWebhooks).Sign(
            new SigningContext
            {
                MessageId = MessageId.New(),
                Timestamp = at ?? The.Now,
                Secrets = [secret ?? The.SigningSecret],
                EventType = "invoice.paid",
                Url = url,
            },
            body,
            headers);
        return headers.Lines;
    }

    public static HttpRequestMessage Webhook(
        byte[]? body = null,
        string path = "/hook",
        SigningSecret? secret = null,
        SignatureScheme? scheme = null,
        DateTimeOffset? at = null)
    {
        body ??= JsonBody();
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in Signature(body, secret, scheme, at))
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    /// <summary>The head of a signed HTTP/1.1 request as text, with an empty line at its end.</summary>
    public static string Head(byte[] body, string framing, string path = "/hook", params string[] more)
    {
        var head = new StringBuilder($"POST {path} HTTP/1.1\r\nHost: localhost\r\n")
            .Append("Content-Type: application/json\r\n");
        foreach (var (name, value) in Signature(body))
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        foreach (var line in more.Append(framing).Where(line => line.Length > 0))
            head.Append(line).Append("\r\n");
        return head.Append("\r\n").ToString();
    }

    private sealed class HeaderLines : ISignatureHeaderWriter
    {
        public List<KeyValuePair<string, string>> Lines { get; } = [];

        public void Write(string name, string value) => Lines.Add(KeyValuePair.Create(name, value));
    }
}
