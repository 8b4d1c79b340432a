using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Webhooks;

/// <summary>The part of a policy that says how connections are made and kept.</summary>
internal sealed class ConnectionSettings(NetworkOptions options)
{
    public TimeSpan ConnectTimeout { get; } = options.ConnectTimeout;

    public TimeSpan Lifetime { get; } = options.ConnectionLifetime;

    public TimeSpan IdleTimeout { get; } = options.ConnectionIdleTimeout;

    public int MaxPerServer { get; } = options.MaxConnectionsPerServer;

    public IWebProxy? Proxy { get; } = options.Proxy;

    public X509Certificate2Collection? CertificateAuthorities { get; } = options.CertificateAuthorities;

    public string Describe() => string.Join(
        ',',
        ConnectTimeout,
        Lifetime,
        IdleTimeout,
        MaxPerServer,
        string.Join(' ', (CertificateAuthorities ?? []).Select(ThumbprintOf).Order(StringComparer.Ordinal)));

    private static string ThumbprintOf(X509Certificate2 certificate) =>
        certificate.GetCertHashString(HashAlgorithmName.SHA256);
}
