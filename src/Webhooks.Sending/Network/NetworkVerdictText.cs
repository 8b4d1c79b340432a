namespace Webhooks;

internal static class NetworkVerdictText
{
    public static string For(NetworkOutcome outcome) => outcome switch
    {
        NetworkOutcome.Allowed => "Allowed.",
        NetworkOutcome.MalformedUrl => "The URL is not absolute. Write it as https://host/path.",
        NetworkOutcome.UrlTooLong => "The URL is longer than 8192 characters.",
        NetworkOutcome.ForbiddenCharacter =>
            "The URL holds a control character, a backslash or a misplaced space. Percent-encode or remove it.",
        NetworkOutcome.SchemeNotAllowed => "The URL's scheme is not https.",
        NetworkOutcome.HttpNotAllowed =>
            "The URL is plain http. Use https, or set Network.AllowHttp where plain text is acceptable.",
        NetworkOutcome.UserInfoNotAllowed =>
            "The URL carries user information before an '@'. Remove it and use the endpoint's authorization instead.",
        NetworkOutcome.FragmentNotAllowed => "The URL carries a fragment. Remove the '#' and what follows it.",
        NetworkOutcome.MalformedHost => "The URL's host is not a valid name or address, or its port is not a number.",
        NetworkOutcome.ZoneNotAllowed => "The URL's host is an IPv6 address with a zone. Remove the zone.",
        NetworkOutcome.NumericHost =>
            "The URL's host ends in a number but is not an IPv4 address in its usual form of four decimal numbers.",
        NetworkOutcome.UnstableHost =>
            "The URL's host changes when it is normalised. Write its ASCII form (xn--…) instead.",
        NetworkOutcome.SingleLabelHost =>
            "The URL's host has a single label. Use a full domain name, or add it to Network.AllowedHosts.",
        NetworkOutcome.SpecialUseHost =>
            "The URL's host is kept for special or private use. Use a public name, or add it to Network.AllowedHosts.",
        NetworkOutcome.PortNotAllowed =>
            "The URL's port is not allowed. Use 443 or 8443, or add the port to Network.AllowedPorts.",
        NetworkOutcome.LoopbackAddress =>
            "The address is loopback. For development set Network.AllowPrivateNetworks.",
        NetworkOutcome.PrivateAddress =>
            "The address is private. Add its network to Network.AllowedNetworks if it is meant to be reached.",
        NetworkOutcome.MetadataAddress => "The address is link-local or serves instance metadata.",
        NetworkOutcome.SpecialPurposeAddress => "The address is not a public unicast address.",
        NetworkOutcome.SelfConnection =>
            "The address is this machine's own. Add it to Network.AllowedNetworks if it is meant to be reached.",
        NetworkOutcome.HostHeaderMismatch =>
            "The request's Host header differs from its URL's host. Remove the header.",
        NetworkOutcome.MethodNotAllowed => "The request's method is CONNECT, which is never sent.",
        _ => "Refused by the network guard.",
    };
}
