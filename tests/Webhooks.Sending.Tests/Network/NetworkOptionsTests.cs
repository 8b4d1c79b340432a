using System.Net;
using Microsoft.Extensions.Configuration;

namespace Webhooks.Tests.Network;

public class NetworkOptionsTests
{
    [Theory]
    [InlineData("10.0.0.0/33", "write a CIDR such as 10.0.0.0/8")]
    [InlineData("10.0.0.1/8", "no bits set beyond the prefix")]
    [InlineData("10.1/16", "write a CIDR")]
    [InlineData("0x0a000000/8", "write a CIDR")]
    [InlineData("10.0.0.0/08", "write a CIDR")]
    [InlineData("fe80::1%eth0", "write a CIDR")]
    [InlineData("private", "write a CIDR")]
    [InlineData("", "write a CIDR")]
    [InlineData("0.0.0.0/0", "turn the guard off")]
    [InlineData("128.0.0.0/1", "turn the guard off")]
    [InlineData("::/0", "turn the guard off")]
    [InlineData("::/8", "turn the guard off")]
    [InlineData("::ffff:0.0.0.0/96", "turn the guard off")]
    [InlineData("2000::/3", "turn the guard off")]
    public void Wrong_networks_are_named_with_the_mend(string network, string mend)
    {
        var options = new NetworkOptions { AllowedNetworks = { "10.0.0.0/8", network } };

        var message = Assert.Throws<ArgumentException>(() => new NetworkPolicy(options)).Message;

        Assert.StartsWith($"Network.AllowedNetworks[1] is '{network}'; ", message, StringComparison.Ordinal);
        Assert.Contains(mend, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://receiver")]
    [InlineData("receiver:5080")]
    [InlineData("10.0.0.1")]
    [InlineData("*")]
    [InlineData("*.")]
    [InlineData("a.*.corp")]
    [InlineData("b\u00FCcher")]
    [InlineData("")]
    public void Wrong_hosts_are_named_with_the_mend(string host)
    {
        var options = new NetworkOptions { AllowedHosts = { host } };

        var message = Assert.Throws<ArgumentException>(() => new NetworkPolicy(options)).Message;

        Assert.StartsWith($"Network.AllowedHosts[0] is '{host}'; write a host name", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "write a port")]
    [InlineData("65536", "write a port")]
    [InlineData("-1", "write a port")]
    [InlineData("http", "write a port")]
    [InlineData("2000-1000", "write a port")]
    [InlineData("1000-", "write a port")]
    [InlineData("6379", "another service")]
    public void Wrong_ports_are_named_with_the_mend(string port, string mend)
    {
        var options = new NetworkOptions { AllowedPorts = { port } };

        var message = Assert.Throws<ArgumentException>(() => new NetworkPolicy(options)).Message;

        Assert.StartsWith($"Network.AllowedPorts[0] is '{port}'; ", message, StringComparison.Ordinal);
        Assert.Contains(mend, message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_told_at_once()
    {
        var options = new NetworkOptions
        {
            AllowedPorts = { "0" },
            ConnectTimeout = TimeSpan.Zero,
            ConnectionLifetime = TimeSpan.FromHours(1),
            ConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            MaxConnectionsPerServer = 0,
        };

        var errors = NetworkOptionsCheck.FindErrors(options).ToArray();

        Assert.Equal(5, errors.Length);
        Assert.Contains("Network.ConnectTimeout is 00:00:00; set it above zero and to at most 00:02:00.", errors);
        Assert.Contains("Network.ConnectionLifetime is 01:00:00; set it above zero and to at most 00:05:00.", errors);
    }

    [Fact]
    public void Options_bind_from_configuration()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AllowPrivateNetworks"] = "true",
            ["AllowedNetworks:0"] = "10.1.0.0/16",
            ["AllowedHosts:0"] = "receiver",
            ["AllowedPorts:0"] = "443",
            ["AllowedPorts:1"] = "5000-5999",
            ["ConnectTimeout"] = "00:00:03",
        }).Build();
        var options = new NetworkOptions();

        configuration.Bind(options);

        Assert.True(options.AllowPrivateNetworks);
        Assert.Equal(["10.1.0.0/16"], options.AllowedNetworks);
        Assert.Equal(["receiver"], options.AllowedHosts);
        Assert.Equal(["443", "5000-5999"], options.AllowedPorts);
        Assert.Equal(TimeSpan.FromSeconds(3), options.ConnectTimeout);
    }

    [Fact]
    public void A_policy_does_not_follow_later_changes_of_its_options()
    {
        var options = new NetworkOptions();
        var policy = new NetworkPolicy(options);

        options.AllowHttp = true;
        options.AllowedNetworks.Add("127.0.0.0/8");

        Assert.False(policy.Judge("http://example.com/").IsAllowed);
        Assert.False(policy.Judge(IPAddress.Loopback).IsAllowed);
    }

    [Fact]
    public void An_empty_set_of_authorities_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new NetworkOptions().TrustOnly([]));
    }
}
