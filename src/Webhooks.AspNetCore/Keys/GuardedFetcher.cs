using System.Net;

namespace Webhooks;

/// <summary>Gets small things over HTTPS through the sender's network guard: no redirects, and a bound on size and
/// time.</summary>
internal sealed class GuardedFetcher(NetworkPolicy policy, NetworkResolver resolver, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly HttpMessageInvoker _client =
        new(new GuardedHttpHandler(policy, resolver: resolver, timeProvider: time));

    /// <summary>Gets what lies at a URL.</summary>
    /// <exception cref="HttpRequestException">It can't be had: the guard refuses, the server doesn't answer 200 in time,
    /// or says too much. The message is fit for the log.</exception>
    public async Task<FetchedContent> GetAsync(
        Uri url, int maximumSize, string? entityTag, CancellationToken cancellationToken)
    {
        if (url.Scheme != Uri.UriSchemeHttps)
            throw new HttpRequestException("Only https is fetched.");

        using var deadline = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await SendAsync(url, maximumSize, entityTag, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException("The server took longer than ten seconds.");
        }
        catch (IOException exception)
        {
            throw new HttpRequestException("The connection broke off.", exception);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<FetchedContent> SendAsync(
        Uri url, int maximumSize, string? entityTag, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.UserAgent.ParseAdd("Webhooks.NET");
        request.Headers.Accept.ParseAdd("application/json, */*;q=0.8"); // some show a page to those who don't ask
        if (entityTag is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", entityTag);
        using var response = await _client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotModified && entityTag is not null)
            return new FetchedContent(default, entityTag, IsUnchanged: true);
        if (response.StatusCode != HttpStatusCode.OK)
            throw new HttpRequestException($"The server answered {(int)response.StatusCode}.");

        var body = await ReadAsync(response.Content, maximumSize, cancellationToken).ConfigureAwait(false);
        return new FetchedContent(body, response.Headers.ETag?.ToString(), IsUnchanged: false);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpContent content, int maximumSize, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            using var copy = new MemoryStream();
            var buffer = new byte[8192];
            while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
            {
                if (copy.Length + count > maximumSize)
                    throw new HttpRequestException($"The server sent more than {maximumSize} bytes.");
                copy.Write(buffer, 0, count);
            }

            return copy.ToArray();
        }
    }
}
