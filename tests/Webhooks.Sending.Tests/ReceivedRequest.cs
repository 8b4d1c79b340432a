namespace Webhooks.Tests;

/// <summary>What a receiver saw of one request.</summary>
internal sealed record ReceivedRequest(
    Uri Url, IReadOnlyDictionary<string, string> Headers, byte[] Body, DateTimeOffset At)
{
    public string this[string header] => Headers[header];

    public static async Task<ReceivedRequest> ReadAsync(HttpRequestMessage request, DateTimeOffset at)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in request.Headers.NonValidated.Concat(request.Content!.Headers.NonValidated))
            headers.Add(header.Key, header.Value.ToString());
        return new(request.RequestUri!, headers, await request.Content.ReadAsByteArrayAsync(), at);
    }

    public VerificationResult Verify(SignatureScheme scheme, SigningSecret secret) => scheme.Verify(
        new VerificationContext
        {
            Headers = SignatureHeaders.From(Headers),
            Secrets = [secret],
            Now = At,
        },
        Body);
}
