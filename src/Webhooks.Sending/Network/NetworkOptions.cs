using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Webhooks;

/// <summary>
/// Which addresses, hosts and ports webhooks may be sent to, and how connections are kept. The defaults allow public
/// addresses over https on ports 443 and 8443 and nothing else; each option opens one thing, and none opens all.
/// </summary>
public sealed class NetworkOptions
{
    /// <summary>Whether plain <c>http</c> may be used, for every host; it also opens ports 80 and 8080.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AllowHttp { get; set; }

    /// <summary>
    /// Whether this machine and its private networks may be reached: meant for development. It opens loopback
    /// (127.0.0.0/8, ::1), RFC 1918 (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16) and unique local addresses (fc00::/7),
    /// and for these alone plain http and every port from 1024 up; it lets the name <c>localhost</c> through.
    /// Link-local addresses, instance metadata and all other blocked ranges stay blocked, and public addresses keep
    /// their rules.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AllowPrivateNetworks { get; set; }

    /// <summary>
    /// Whether an address in the NAT64 prefix 64:ff9b::/96 inherits the verdict of the IPv4 address inside it. Needed
    /// on IPv6-only clusters with DNS64.
    /// </summary>
    /// <value>The default is <see langword="false"/>: the whole prefix is blocked.</value>
    public bool AllowNat64 { get; set; }

    /// <summary>
    /// Networks that may be reached although they are blocked, as CIDR (<c>10.1.0.0/16</c>) or as single addresses.
    /// They win over every blocked range, metadata included, and are compared with the unmapped address. They open
    /// addresses only: scheme, ports and host names keep their rules. Networks that cover most of the internet, such as
    /// <c>0.0.0.0/0</c> and <c>::/0</c>, are refused.
    /// </summary>
    /// <value>The default is empty.</value>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>
    /// Host names that are exempt from the rules about names, that is from the refusal of single labels and of
    /// special-use suffixes: a name (<c>receiver</c>, <c>hooks.corp</c>) or all names below one (<c>*.corp</c>). They
    /// exempt from nothing else: the name is still resolved, and each of its addresses is judged; to reach a private
    /// address its network must be allowed as well. Names that are not listed stay reachable by the usual rules.
    /// </summary>
    /// <value>The default is empty.</value>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>
    /// Ports that may be used, single (<c>5080</c>) or as ranges (<c>1024-65535</c>); they replace the default. Ports
    /// of other services that a request could harm (SMTP, Redis, PostgreSQL, …) are left out of ranges and refused as
    /// single ports.
    /// </summary>
    /// <value>The default is empty, which means 443 and 8443, with <see cref="AllowHttp"/> also 80 and 8080.</value>
    public IList<string> AllowedPorts { get; } = [];

    /// <summary>How long resolving, connecting and the TLS handshake may take together.</summary>
    /// <value>The default is 10 seconds; more than zero, at most 2 minutes.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection is used before it is replaced, so that DNS changes are seen.</summary>
    /// <value>The default is 5 minutes, which is also the most; more than zero.</value>
    public TimeSpan ConnectionLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an unused connection is kept.</summary>
    /// <value>The default is 1 minute; more than zero, at most 5 minutes.</value>
    public TimeSpan ConnectionIdleTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many HTTP/1.1 connections one server gets at a time; further requests wait for one. With fewer than
    /// <see cref="WebhookDeliveryOptions.MaxConcurrency"/>, endpoints that hang can keep others on the same server
    /// waiting.</summary>
    /// <value>The default is 256; 1 or more.</value>
    public int MaxConnectionsPerServer { get; set; } = 256;

    internal IWebProxy? Proxy { get; private set; }

    internal X509Certificate2Collection? CertificateAuthorities { get; private set; }

    /// <summary>Sends through a proxy. The environment's proxy variables are never read.</summary>
    /// <remarks>
    /// With a proxy the guard judges the URL alone: scheme, port, host name and, where the host is an address, that
    /// address. Names are resolved by the proxy, so the guard cannot see what they lead to; the proxy has to refuse
    /// private addresses itself. The proxy's own address is not judged. Requests that the proxy object
    /// lets bypass are connected directly and guarded as without a proxy.
    /// </remarks>
    /// <param name="proxy">The proxy.</param>
    /// <returns>The same options.</returns>
    public NetworkOptions UseProxy(IWebProxy proxy)
    {
        ArgumentNullException.ThrowIfNull(proxy);
        Proxy = proxy;
        return this;
    }

    /// <summary>
    /// Trusts these certificate authorities instead of the system's, for servers with certificates of a private
    /// authority. Names and validity are checked all the same; there is no way to turn that off.
    /// </summary>
    /// <param name="authorities">The root certificates; at least one.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentException"><paramref name="authorities"/> is empty.</exception>
    public NetworkOptions TrustOnly(X509Certificate2Collection authorities)
    {
        ArgumentNullException.ThrowIfNull(authorities);
        if (authorities.Count == 0)
            throw new ArgumentException("Give at least one root certificate.", nameof(authorities));

        CertificateAuthorities = [.. authorities];
        return this;
    }
}
