namespace Webhooks;

/// <summary>The ranges that no webhook is sent to unless a policy allows them.</summary>
internal static class SpecialPurposeAddresses
{
    public static readonly AddressRange Nat64 = AddressRange.Parse("64:ff9b::/96");

    private static readonly AddressRange GlobalUnicast = AddressRange.Parse("2000::/3");

    // In unique local space, so what opens private networks would open these too if they were not told apart.
    private static readonly AddressRange[] UniqueLocalMetadata =
    [
        AddressRange.Parse("fd00:ec2::/32"),
        AddressRange.Parse("fd20:ce::/32"),
    ];

    private static readonly AddressRange[] PrivateNetworks =
    [
        AddressRange.Parse("127.0.0.0/8"),
        AddressRange.Parse("10.0.0.0/8"),
        AddressRange.Parse("172.16.0.0/12"),
        AddressRange.Parse("192.168.0.0/16"),
        AddressRange.Parse("::1/128"),
        AddressRange.Parse("fc00::/7"),
    ];

    private static readonly Entry[] IPv4 =
    [
        new("0.0.0.0/8", NetworkOutcome.SpecialPurposeAddress),
        new("10.0.0.0/8", NetworkOutcome.PrivateAddress),
        new("100.64.0.0/10", NetworkOutcome.PrivateAddress),
        new("127.0.0.0/8", NetworkOutcome.LoopbackAddress),
        new("168.63.129.16/32", NetworkOutcome.MetadataAddress),
        new("169.254.0.0/16", NetworkOutcome.MetadataAddress),
        new("172.16.0.0/12", NetworkOutcome.PrivateAddress),
        new("192.0.0.0/24", NetworkOutcome.SpecialPurposeAddress),
        new("192.0.2.0/24", NetworkOutcome.SpecialPurposeAddress),
        new("192.88.99.0/24", NetworkOutcome.SpecialPurposeAddress),
        new("192.168.0.0/16", NetworkOutcome.PrivateAddress),
        new("198.18.0.0/15", NetworkOutcome.SpecialPurposeAddress),
        new("198.51.100.0/24", NetworkOutcome.SpecialPurposeAddress),
        new("203.0.113.0/24", NetworkOutcome.SpecialPurposeAddress),
        new("224.0.0.0/4", NetworkOutcome.SpecialPurposeAddress),
        new("240.0.0.0/4", NetworkOutcome.SpecialPurposeAddress),
    ];

    private static readonly Entry[] InsideGlobalUnicast =
    [
        new("2001::/32", NetworkOutcome.SpecialPurposeAddress),
        new("2001:2::/48", NetworkOutcome.SpecialPurposeAddress),
        new("2001:10::/28", NetworkOutcome.SpecialPurposeAddress),
        new("2001:20::/28", NetworkOutcome.SpecialPurposeAddress),
        new("2001:db8::/32", NetworkOutcome.SpecialPurposeAddress),
        new("2002::/16", NetworkOutcome.SpecialPurposeAddress),
        new("3fff::/20", NetworkOutcome.SpecialPurposeAddress),
    ];

    // All of it is blocked for not being global unicast; these entries only give the refusal its closer reason.
    private static readonly Entry[] OutsideGlobalUnicast =
    [
        new("::1/128", NetworkOutcome.LoopbackAddress),
        new("fd00:ec2::/32", NetworkOutcome.MetadataAddress),
        new("fd20:ce::/32", NetworkOutcome.MetadataAddress),
        new("fc00::/7", NetworkOutcome.PrivateAddress),
        new("fe80::/10", NetworkOutcome.MetadataAddress),
    ];

    public static NetworkOutcome Judge(UInt128 address)
    {
        if (AddressBits.IsIPv4(address))
            return Find(IPv4, address) ?? NetworkOutcome.Allowed;

        return GlobalUnicast.Contains(address)
            ? Find(InsideGlobalUnicast, address) ?? NetworkOutcome.Allowed
            : Find(OutsideGlobalUnicast, address) ?? NetworkOutcome.SpecialPurposeAddress;
    }

    public static bool IsPrivateNetwork(UInt128 address) =>
        Any(PrivateNetworks, address) && !Any(UniqueLocalMetadata, address);

    public static bool Any(AddressRange[] ranges, UInt128 address)
    {
        foreach (var range in ranges)
        {
            if (range.Contains(address))
                return true;
        }

        return false;
    }

    private static NetworkOutcome? Find(Entry[] entries, UInt128 address)
    {
        foreach (var entry in entries)
        {
            if (entry.Range.Contains(address))
                return entry.Outcome;
        }

        return null;
    }

    private readonly struct Entry(string cidr, NetworkOutcome outcome)
    {
        public AddressRange Range { get; } = AddressRange.Parse(cidr);

        public NetworkOutcome Outcome { get; } = outcome;
    }
}
