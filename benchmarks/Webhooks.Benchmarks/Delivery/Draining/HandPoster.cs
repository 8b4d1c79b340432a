using System.Net.Http.Headers;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>Posts as a hand-written loop would: an invoker, a tuned handler, nothing signed, nothing kept.</summary>
internal sealed class HandPoster(SinkClient sink)
{
    private readonly MediaTypeHeaderValue _type = new("application/json");
    private readonly Uri[] _urls = [.. Enumerable.Range(0, 100).Select(sink.Hook)];

    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        MaxConnectionsPerServer = 128,
    });

    public async Task PostAsync(int endpoint, byte[] payload)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _urls[endpoint]) { Content = new ReadOnlyMemoryContent(payload) };
        request.Content.Headers.ContentType = _type;
        using var response = await _invoker.SendAsync(request, CancellationToken.None);
        response.EnsureSuccessStatusCode();
    }
}
