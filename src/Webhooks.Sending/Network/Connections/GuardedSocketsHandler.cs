using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Webhooks;

/// <summary>Makes the handlers that hold the guarded connections.</summary>
internal static class GuardedSocketsHandler
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public static SocketsHttpHandler Create(
        NetworkPolicy policy, X509Certificate2? clientCertificate, NetworkResolver resolver, TimeProvider time)
    {
        var connections = policy.Connections;
        var connector = new GuardedConnector(policy, resolver, time);
        return new SocketsHttpHandler
        {
            ConnectCallback = connector.ConnectAsync,
            ConnectTimeout = connections.ConnectTimeout,
            PooledConnectionLifetime = connections.Lifetime,
            PooledConnectionIdleTimeout = connections.IdleTimeout,
            MaxConnectionsPerServer = connections.MaxPerServer,
            EnableMultipleHttp2Connections = true,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            Credentials = null,
            PreAuthenticate = false,
            UseProxy = connections.Proxy is not null,
            Proxy = connections.Proxy,
            DefaultProxyCredentials = null,
            MaxResponseHeadersLength = 64,
            MaxResponseDrainSize = 0,
            ActivityHeadersPropagator = null,
            SslOptions = CreateTlsOptions(connections.CertificateAuthorities, clientCertificate),
        };
    }

    private static SslClientAuthenticationOptions CreateTlsOptions(
        X509Certificate2Collection? authorities, X509Certificate2? clientCertificate)
    {
        var options = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateChainPolicy = CreateChainPolicy(authorities),
        };
        if (clientCertificate is not null)
        {
            options.ClientCertificateContext =
                SslStreamCertificateContext.Create(clientCertificate, additionalCertificates: null, offline: true);
        }

        return options;
    }

    private static X509ChainPolicy CreateChainPolicy(X509Certificate2Collection? authorities)
    {
        var chain = new X509ChainPolicy
        {
            // A certificate may name URLs to fetch its issuer from, and such fetches would go around the guard.
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        chain.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (authorities is not null)
        {
            chain.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.CustomTrustStore.AddRange(authorities);
        }

        return chain;
    }
}
