using System.Net.Http.Headers;

namespace Webhooks.Benchmarks.Sending;

/// <summary>The yardstick: the same bytes, unsigned, over a handler tuned the same way, without guard or result.</summary>
internal sealed class InvokerPost(Uri url, byte[] payload) : PostUnderTest
{
    private readonly MediaTypeHeaderValue _type = new("application/json");

    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxConnectionsPerServer = 64,
    });

    public override async Task SendAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(payload) };
        request.Content.Headers.ContentType = _type;
        using var response = await _invoker.SendAsync(request, CancellationToken.None).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
    }
}
