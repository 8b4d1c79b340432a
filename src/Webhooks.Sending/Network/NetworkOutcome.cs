namespace Webhooks;

/// <summary>What the network guard decided about an address, a URL or a connection, and why.</summary>
public enum NetworkOutcome
{
    /// <summary>
    /// Refused without a closer reason. This is the default, so that a verdict nobody gave never allows anything.
    /// </summary>
    Refused = 0,

    /// <summary>Allowed.</summary>
    Allowed,

    /// <summary>The text is not an absolute URL with a scheme, two slashes and a host.</summary>
    MalformedUrl,

    /// <summary>The URL is longer than 8192 characters.</summary>
    UrlTooLong,

    /// <summary>The URL holds a control character, a backslash, or a space where none may stand.</summary>
    ForbiddenCharacter,

    /// <summary>The scheme is neither <c>https</c> nor <c>http</c>.</summary>
    SchemeNotAllowed,

    /// <summary>The URL is plain <c>http</c>, which <see cref="NetworkOptions.AllowHttp"/> has not opened.</summary>
    HttpNotAllowed,

    /// <summary>The URL carries user information (<c>user:password@</c>), if only an empty one.</summary>
    UserInfoNotAllowed,

    /// <summary>The URL carries a fragment (<c>#…</c>).</summary>
    FragmentNotAllowed,

    /// <summary>The host is not a name or an address as it is normally written.</summary>
    MalformedHost,

    /// <summary>The host is an IPv6 address with a zone (<c>%eth0</c>).</summary>
    ZoneNotAllowed,

    /// <summary>
    /// The host ends in a number without being an IPv4 address in its usual form (<c>0x7f.1</c>, <c>2130706433</c>).
    /// </summary>
    NumericHost,

    /// <summary>
    /// The host changes when it is normalised, or holds characters that cannot be seen, so that it is not what it looks
    /// like.
    /// </summary>
    UnstableHost,

    /// <summary>
    /// The host is a single label (<c>intranet</c>), which only means something inside a private network.
    /// </summary>
    SingleLabelHost,

    /// <summary>
    /// The host ends in a name kept for special or private use (<c>.local</c>, <c>.internal</c>, <c>.test</c>, …).
    /// </summary>
    SpecialUseHost,

    /// <summary>
    /// The port is not one of <see cref="NetworkOptions.AllowedPorts"/>, or belongs to another service.
    /// </summary>
    PortNotAllowed,

    /// <summary>The address is loopback: this machine itself.</summary>
    LoopbackAddress,

    /// <summary>The address belongs to a private network (RFC 1918, carrier-grade NAT, unique local).</summary>
    PrivateAddress,

    /// <summary>The address is link-local or serves a cloud's instance metadata.</summary>
    MetadataAddress,

    /// <summary>
    /// The address is reserved, multicast, for documentation, a translation of another address, or unallocated.
    /// </summary>
    SpecialPurposeAddress,

    /// <summary>The connection would have led back to an address of this machine.</summary>
    SelfConnection,

    /// <summary>The request names another host in its <c>Host</c> header than in its URL.</summary>
    HostHeaderMismatch,

    /// <summary>The request's method is <c>CONNECT</c>, which would open a tunnel.</summary>
    MethodNotAllowed,
}
