using System.Net.Http.Headers;

namespace Webhooks.Benchmarks.Sending;

/// <summary>The yardstick: the same bytes, unsigned, over a handler tuned the same way, without guard or result.</summary>
internal static class InvokerPost
{
    public static Func<Task> Create(Uri url, byte[] payload)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = 64,
        };
        var invoker = new HttpMessageInvoker(handler);
        var type = new MediaTypeHeaderValue("application/json");
        return async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(payload) };
            request.Content.Headers.ContentType = type;
            using var response = await invoker.SendAsync(request, CancellationToken.None).ConfigureAwait(false);
            response.EnsureSuccessStatusCode();
        };
    }
}
