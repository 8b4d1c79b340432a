using System.Net;
using FsCheck;
using FsCheck.Fluent;

namespace Webhooks.Tests.Network;

public class NetworkPolicyTests
{
    [Fact]
    public void A_mapped_address_has_the_verdict_of_the_address_in_it()
    {
        Prop.ForAll<uint>(bits =>
        {
            var address = new IPAddress(BitConverter.GetBytes(bits));

            return NetworkPolicy.Default.Judge(address) == NetworkPolicy.Default.Judge(address.MapToIPv6());
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Every_address_of_an_allowed_network_is_allowed_and_its_neighbours_are_not()
    {
        var lengths = Gen.Choose(4, 32);
        var bits = ArbMap.Default.GeneratorFor<uint>();
        var cases =
            from network in bits
            from length in lengths
            from host in bits
            select (network, length, host);

        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var mask = uint.MaxValue << (32 - one.length);
            var policy = Allowing($"{ToAddress(one.network & mask)}/{one.length}");
            var inside = ToAddress((one.network & mask) | (one.host & ~mask));
            var outside = ToAddress((one.network ^ (1u << (32 - one.length))) & mask);

            return policy.Judge(inside).IsAllowed
                && policy.Judge(inside.MapToIPv6()).IsAllowed
                && policy.Judge(outside) == NetworkPolicy.Default.Judge(outside);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_IPv6_address_outside_global_unicast_is_allowed()
    {
        Prop.ForAll<byte[]>(bytes =>
        {
            var sixteen = bytes.Concat(new byte[16]).Take(16).ToArray();
            sixteen[0] = (byte)(sixteen[0] >> 5 == 1 ? sixteen[0] ^ 0x80 : sixteen[0]);
            var address = new IPAddress(sixteen);

            return address.IsIPv4MappedToIPv6 || !NetworkPolicy.Default.Judge(address).IsAllowed;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Judge_throws_at_nothing_it_is_given()
    {
        var characters = Gen.OneOf(Gen.Choose(0, 0x7F), Gen.Choose(0, 0x7FF), Gen.Choose(0, 0xFFFF));
        var texts = characters.ListOf().Select(static list => string.Concat(list.Select(static one => (char)one)));

        Prop.ForAll(texts.ToArbitrary(), static text =>
        {
            NetworkPolicy.Default.Judge(text);
            NetworkPolicy.Default.Judge($"https://{text}/");
            NetworkPolicy.Default.Judge($"https://{text}.example/");
            NetworkPolicy.Default.Judge($"https://xn--{text}.example/");
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("10.1.0.0/16", "10.1.2.3", true)]
    [InlineData("10.1.0.0/16", "::ffff:10.1.2.3", true)]
    [InlineData("::ffff:10.1.0.0/112", "10.1.2.3", true)]
    [InlineData("10.1.0.0/16", "10.2.0.1", false)]
    [InlineData("10.1.0.0/16", "::10.1.2.3", false)]
    [InlineData("10.1.0.0/16", "64:ff9b::10.1.2.3", false)]
    [InlineData("10.1.2.3", "10.1.2.3", true)]
    [InlineData("10.1.2.3", "10.1.2.4", false)]
    [InlineData("fd12:3456::/32", "fd12:3456::1", true)]
    [InlineData("fe80::/10", "fe80::1%3", true)]
    [InlineData("169.254.0.0/16", "169.254.169.254", true)]
    public void Allowed_networks_are_compared_with_the_unmapped_address(string network, string address, bool expected)
    {
        Assert.Equal(expected, Allowing(network).Judge(IPAddress.Parse(address)).IsAllowed);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("10.0.0.1", true)]
    [InlineData("172.31.0.1", true)]
    [InlineData("192.168.1.1", true)]
    [InlineData("fd12::1", true)]
    [InlineData("93.184.216.34", true)]
    [InlineData("169.254.169.254", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("fd20:ce::254", false)]
    [InlineData("100.100.100.200", false)]
    [InlineData("168.63.129.16", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::", false)]
    [InlineData("64:ff9b::127.0.0.1", false)]
    public void Allowing_private_networks_opens_neither_metadata_nor_other_blocked_ranges(string address, bool expected)
    {
        Assert.Equal(expected, Private().Judge(IPAddress.Parse(address)).IsAllowed);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080/", NetworkOutcome.Allowed)]
    [InlineData("http://localhost:5080/", NetworkOutcome.Allowed)]
    [InlineData("https://[::1]:7001/", NetworkOutcome.Allowed)]
    [InlineData("http://10.0.0.7/", NetworkOutcome.Allowed)]
    [InlineData("http://127.0.0.1:81/", NetworkOutcome.PortNotAllowed)]
    [InlineData("http://127.0.0.1:6379/", NetworkOutcome.PortNotAllowed)]
    [InlineData("http://93.184.216.34/", NetworkOutcome.HttpNotAllowed)]
    [InlineData("https://93.184.216.34:5080/", NetworkOutcome.PortNotAllowed)]
    [InlineData("http://169.254.169.254/", NetworkOutcome.MetadataAddress)]
    [InlineData("http://receiver:5080/", NetworkOutcome.SingleLabelHost)]
    public void Allowing_private_networks_relaxes_scheme_and_port_for_these_alone(string url, NetworkOutcome expected)
    {
        Assert.Equal(expected, Private().Judge(url).Outcome);
    }

    [Theory]
    [InlineData("64:ff9b::8.8.8.8", true)]
    [InlineData("64:ff9b::10.0.0.1", false)]
    [InlineData("64:ff9b::169.254.169.254", false)]
    [InlineData("64:ff9b::168.63.129.16", false)]
    [InlineData("64:ff9b::192.168.7.1", true)]
    [InlineData("64:ff9b:1::8.8.8.8", false)]
    public void Nat64_inherits_the_verdict_of_the_address_inside_when_allowed(string address, bool expected)
    {
        var options = new NetworkOptions { AllowNat64 = true };
        options.AllowedNetworks.Add("192.168.7.0/24");

        Assert.Equal(expected, new NetworkPolicy(options).Judge(IPAddress.Parse(address)).IsAllowed);
    }

    [Theory]
    [InlineData("https://receiver/", true)]
    [InlineData("https://RECEIVER./", true)]
    [InlineData("https://other/", false)]
    [InlineData("https://hooks.corp/", true)]
    [InlineData("https://a.b.corp/", true)]
    [InlineData("https://corp/", false)]
    [InlineData("https://example.com/", true)]
    [InlineData("http://receiver/", false)]
    [InlineData("https://receiver:6379/", false)]
    [InlineData("https://10.0.0.1/", false)]
    public void Allowed_hosts_are_exempt_from_the_rules_about_names_and_nothing_else(string url, bool expected)
    {
        var options = new NetworkOptions();
        options.AllowedHosts.Add("Receiver");
        options.AllowedHosts.Add("*.corp");

        Assert.Equal(expected, new NetworkPolicy(options).Judge(url).IsAllowed);
    }

    [Theory]
    [InlineData(443, false)]
    [InlineData(5080, true)]
    [InlineData(9001, true)]
    [InlineData(9092, false)]
    [InlineData(9999, true)]
    [InlineData(10000, false)]
    public void Allowed_ports_replace_the_usual_ones_and_leave_out_other_services(int port, bool expected)
    {
        var options = new NetworkOptions();
        options.AllowedPorts.Add("5080");
        options.AllowedPorts.Add("9000-9999");

        Assert.Equal(expected, new NetworkPolicy(options).Judge($"https://example.com:{port}/").IsAllowed);
    }

    [Fact]
    public void Policies_are_equal_when_they_judge_and_connect_alike()
    {
        Assert.Equal(NetworkPolicy.Default, new NetworkPolicy(new NetworkOptions()));
        Assert.Equal(Allowing("10.0.0.0/8", "fd00::/8"), Allowing("fd00::/8", "10.0.0.0/8"));
        Assert.Equal(
            Allowing("10.0.0.0/8", "fd00::/8").GetHashCode(), Allowing("fd00::/8", "10.0.0.0/8").GetHashCode());

        NetworkPolicy[] unlike =
        [
            NetworkPolicy.Default,
            Private(),
            Allowing("10.0.0.0/8"),
            Allowing("10.0.0.0/9"),
            new(new NetworkOptions { AllowHttp = true }),
            new(new NetworkOptions { AllowNat64 = true }),
            new(new NetworkOptions { MaxConnectionsPerServer = 1 }),
            new(new NetworkOptions { ConnectTimeout = TimeSpan.FromSeconds(1) }),
            new(new NetworkOptions { AllowedHosts = { "receiver" } }),
            new(new NetworkOptions { AllowedPorts = { "5080" } }),
            new(new NetworkOptions().UseProxy(new WebProxy("http://proxy.example:3128"))),
            new(new NetworkOptions().UseProxy(new WebProxy("http://proxy.example:3128"))),
        ];
        Assert.Equal(unlike.Length, unlike.Distinct().Count());
    }

    [Fact]
    public void Judging_addresses_and_plain_urls_allocates_nothing()
    {
        var policy = Allowing("10.1.0.0/16");
        IPAddress[] addresses =
            [IPAddress.Parse("93.184.216.34"), IPAddress.Parse("::ffff:10.1.2.3"), IPAddress.IPv6Loopback];
        var url = new Uri("https://hooks.example.com:8443/a/b?c=d");
        JudgeAll();

        var before = GC.GetAllocatedBytesForCurrentThread();
        JudgeAll();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);

        void JudgeAll()
        {
            policy.Judge(url);
            foreach (var address in addresses)
                policy.Judge(address);
        }
    }

    private static IPAddress ToAddress(uint bits) =>
        new([(byte)(bits >> 24), (byte)(bits >> 16), (byte)(bits >> 8), (byte)bits]);

    private static NetworkPolicy Private() => new(new NetworkOptions { AllowPrivateNetworks = true });

    private static NetworkPolicy Allowing(params string[] networks)
    {
        var options = new NetworkOptions();
        foreach (var network in networks)
            options.AllowedNetworks.Add(network);

        return new NetworkPolicy(options);
    }
}
