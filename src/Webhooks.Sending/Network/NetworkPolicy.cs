using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Webhooks;

/// <summary>
/// Which addresses, hosts, ports and schemes may be reached, and how connections are kept: an immutable judgement made
/// from <see cref="NetworkOptions"/>. Two policies are equal when they judge and connect alike; connections are shared
/// among equal policies only.
/// </summary>
public sealed class NetworkPolicy : IEquatable<NetworkPolicy>
{
    private readonly AddressRange[] _allowedNetworks;
    private readonly AllowedPortSet _ports;
    private readonly UrlJudge _urls;
    private readonly bool _allowHttp;
    private readonly bool _allowPrivateNetworks;
    private readonly bool _allowNat64;
    private readonly string _identity;
    private readonly int _hashCode;

    /// <summary>Makes a policy. Later changes to <paramref name="options"/> do not reach it.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentException">Options are wrong; the message names each one and the mend.</exception>
    public NetworkPolicy(NetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var errors = string.Join(' ', NetworkOptionsCheck.FindErrors(options));
        if (errors.Length > 0)
            throw new ArgumentException(errors, nameof(options));

        _allowHttp = options.AllowHttp;
        _allowPrivateNetworks = options.AllowPrivateNetworks;
        _allowNat64 = options.AllowNat64;
        _allowedNetworks = [.. options.AllowedNetworks.Select(AddressRange.Parse).Distinct().Order()];
        _ports = new AllowedPortSet([.. options.AllowedPorts], options.AllowHttp);
        var hosts = new AllowedHostSet(options.AllowedHosts, options.AllowPrivateNetworks);
        _urls = new UrlJudge(this, hosts);
        Connections = new ConnectionSettings(options);
        _identity = DescribeIdentity(hosts);
        _hashCode = _identity.GetHashCode(StringComparison.Ordinal);
    }

    /// <summary>The policy of untouched options: public addresses, https, ports 443 and 8443.</summary>
    public static NetworkPolicy Default { get; } = new(new NetworkOptions());

    internal ConnectionSettings Connections { get; }

    /// <summary>
    /// Judges an address, as is done with every answer of a lookup when a connection is made. A v4-mapped IPv6 address
    /// is judged as the IPv4 address in it; a zone is ignored. Allocates nothing.
    /// </summary>
    /// <param name="address">The address.</param>
    /// <returns>The verdict.</returns>
    public NetworkVerdict Judge(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new NetworkVerdict(JudgeAddress(AddressBits.Of(address)));
    }

    /// <summary>
    /// Judges a URL without looking anything up: meant for when an endpoint is registered. An allowed URL may still be
    /// refused when its name is resolved, which is when private addresses behind names are found.
    /// </summary>
    /// <param name="url">The URL as it was given. Judge the text: parsing it first loses some of what is
    /// refused.</param>
    /// <returns>The verdict.</returns>
    public NetworkVerdict Judge([StringSyntax(StringSyntaxAttribute.Uri)] string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return new NetworkVerdict(_urls.Judge(url, uri: null));
    }

    /// <summary>Judges a URL without looking anything up, by the text it was made from.</summary>
    /// <param name="url">The URL.</param>
    /// <returns>The verdict.</returns>
    public NetworkVerdict Judge(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return new NetworkVerdict(
            url.IsAbsoluteUri ? _urls.Judge(url.OriginalString, url) : NetworkOutcome.MalformedUrl);
    }

    /// <summary>Whether both policies judge and connect alike.</summary>
    /// <param name="other">The other policy.</param>
    /// <returns><see langword="true"/> if they do.</returns>
    public bool Equals(NetworkPolicy? other) =>
        ReferenceEquals(this, other)
        || (other is not null && _hashCode == other._hashCode && _identity == other._identity
            && ReferenceEquals(Connections.Proxy, other.Connections.Proxy));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NetworkPolicy);

    /// <inheritdoc/>
    public override int GetHashCode() => _hashCode;

    /// <summary>Judges an address together with the port and scheme that are to be used with it.</summary>
    internal NetworkOutcome JudgeConnection(IPAddress address, int port, bool isHttps)
    {
        var bits = AddressBits.Of(address);
        var outcome = JudgeAddress(bits);
        if (outcome != NetworkOutcome.Allowed)
            return outcome;

        return JudgeTransport(port, isHttps, _allowPrivateNetworks && SpecialPurposeAddresses.IsPrivateNetwork(bits));
    }

    /// <summary>
    /// Judges port and scheme while the address is not known. What private networks alone permit passes here, and is
    /// judged again when the address is known.
    /// </summary>
    internal NetworkOutcome JudgeTransport(int port, bool isHttps) =>
        JudgeTransport(port, isHttps, _allowPrivateNetworks);

    /// <summary>Whether the address was opened by name: such an address may be this machine's own.</summary>
    internal bool OpensExplicitly(IPAddress address)
    {
        var bits = AddressBits.Of(address);
        return SpecialPurposeAddresses.Any(_allowedNetworks, bits)
            || (_allowPrivateNetworks && SpecialPurposeAddresses.IsPrivateNetwork(bits));
    }

    private NetworkOutcome JudgeTransport(int port, bool isHttps, bool inPrivateNetwork)
    {
        if (!isHttps && !_allowHttp && !inPrivateNetwork)
            return NetworkOutcome.HttpNotAllowed;

        return _ports.Allows(port, inPrivateNetwork) ? NetworkOutcome.Allowed : NetworkOutcome.PortNotAllowed;
    }

    private NetworkOutcome JudgeAddress(UInt128 bits)
    {
        if (SpecialPurposeAddresses.Any(_allowedNetworks, bits)
            || (_allowPrivateNetworks && SpecialPurposeAddresses.IsPrivateNetwork(bits)))
        {
            return NetworkOutcome.Allowed;
        }

        return _allowNat64 && SpecialPurposeAddresses.Nat64.Contains(bits)
            ? JudgeAddress(AddressBits.OfIPv4((uint)bits))
            : SpecialPurposeAddresses.Judge(bits);
    }

    private string DescribeIdentity(AllowedHostSet hosts) => string.Join(
        '|',
        _allowHttp,
        _allowPrivateNetworks,
        _allowNat64,
        string.Join(',', _allowedNetworks),
        hosts,
        _ports,
        Connections.Describe());
}
