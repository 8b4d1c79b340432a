using System.Security.Cryptography.X509Certificates;

namespace Webhooks;

/// <summary>
/// The guarded network as a handler for any <see cref="HttpClient"/>:
/// <c>new HttpClient(new GuardedHttpHandler(policy))</c>, or with <c>ConfigurePrimaryHttpMessageHandler</c>. It judges
/// each request's URL, and each address at the moment it is connected to; what it refuses fails with
/// <see cref="NetworkRefusedException"/>.
/// </summary>
/// <remarks>
/// It follows no redirects, keeps no cookies, reads no proxy from the environment, decompresses nothing, sends no
/// credentials of its own, and speaks HTTP/1.1 and HTTP/2 over TLS 1.2 or later. One handler serves one policy and one
/// client certificate, so that connections are never shared across them. Safe for concurrent use.
/// </remarks>
public sealed class GuardedHttpHandler : HttpMessageHandler
{
    private readonly NetworkPolicy _policy;
    private readonly HttpMessageInvoker _connections;

    /// <summary>Makes a handler with <see cref="NetworkPolicy.Default"/>.</summary>
    public GuardedHttpHandler()
        : this(NetworkPolicy.Default)
    {
    }

    /// <summary>Makes a handler.</summary>
    /// <param name="policy">What may be reached, and how.</param>
    /// <param name="clientCertificate">The certificate to present to servers that ask, with its private key; not
    /// disposed.</param>
    /// <param name="resolver">Resolves names; the operating system's resolver if omitted.</param>
    /// <param name="timeProvider">The clock; the system's if omitted.</param>
    public GuardedHttpHandler(
        NetworkPolicy policy,
        X509Certificate2? clientCertificate = null,
        NetworkResolver? resolver = null,
        TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        _policy = policy;
        _connections = new HttpMessageInvoker(GuardedSocketsHandler.Create(
            policy, clientCertificate, resolver ?? NetworkResolver.System, timeProvider ?? TimeProvider.System));
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Admit(request);
        try
        {
            return await _connections.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception) when (NetworkRefusedException.Find(exception) is { } refusal)
        {
            throw new NetworkRefusedException(refusal.Verdict);
        }
    }

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Admit(request);
        try
        {
            return _connections.Send(request, cancellationToken);
        }
        catch (HttpRequestException exception) when (NetworkRefusedException.Find(exception) is { } refusal)
        {
            throw new NetworkRefusedException(refusal.Verdict);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _connections.Dispose();

        base.Dispose(disposing);
    }

    private void Admit(HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var verdict = GuardedRequest.Judge(request, _policy);
        if (!verdict.IsAllowed)
            throw new NetworkRefusedException(verdict);

        GuardedRequest.ForbidHttp3(request);
    }
}
