using System.Text;

namespace Webhooks;

/// <summary>A request as it came, and when.</summary>
internal sealed record ReceivedRequest(string Url, HeaderList Headers, byte[] Body)
{
    public DateTimeOffset Now { get; init; } = The.Now;

    public string Method { get; init; } = "POST";

    /// <summary>A request that a scheme signs.</summary>
    public static ReceivedRequest Signed(
        SignatureScheme scheme, SigningSecret secret, string body, string id = "msg_1", DateTimeOffset? at = null,
        string url = "https://receiver.example.com/hook", string contentType = "application/json")
    {
        var headers = new HeaderList { { "Content-Type", contentType } };
        var bytes = Encoding.UTF8.GetBytes(body);
        scheme.Sign(
            new SigningContext
            {
                MessageId = MessageId.Parse(id),
                Timestamp = at ?? The.Now,
                Secrets = [secret],
                EventType = "invoice.paid",
                Url = url,
            },
            bytes,
            headers);
        return new ReceivedRequest(url, headers, bytes);
    }

    /// <summary>The same with another value of a header, or without the header.</summary>
    public ReceivedRequest With(string name, string? value)
    {
        var headers = new HeaderList();
        foreach (var (other, kept) in Headers.Where(header => !header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)))
            headers.Add(other, kept);
        if (value is not null)
            headers.Add(name, value);
        return this with { Headers = headers };
    }

    public ReceivedRequest WithBody(string body) => this with { Body = Encoding.UTF8.GetBytes(body) };

    public string? Find(string name) =>
        Headers.Find(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
