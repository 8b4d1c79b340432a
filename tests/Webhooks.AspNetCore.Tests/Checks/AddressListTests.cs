using System.Net;

namespace Webhooks;

public class AddressListTests
{
    [Theory]
    [InlineData("192.0.2.0/24", "192.0.2.255", true)]
    [InlineData("192.0.2.0/24", "192.0.3.0", false)]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("192.0.2.0/24", "::ffff:192.0.2.9", true)]
    [InlineData("::ffff:192.0.2.0/120", "192.0.2.9", true)]
    [InlineData("::ffff:192.0.2.9", "192.0.2.9", true)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("2001:db8::1", "2001:db8::1", true)]
    [InlineData("fe80::/10", "fe80::1%3", true)]
    [InlineData("fe80::1", "fe80::1%3", true)]
    [InlineData("0.0.0.0/0", "203.0.113.9", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::/0", "203.0.113.9", false)]
    [InlineData(" 192.0.2.7 ", "192.0.2.7", true)]
    public void An_address_is_in_the_list_when_a_network_holds_it(string network, string address, bool expected)
    {
        Assert.True(AddressList.TryParse(network, out var parsed));

        Assert.Equal(expected, new AddressList([parsed.Value]).Contains(IPAddress.Parse(address)));
    }

    [Fact]
    public void No_address_is_in_no_list()
    {
        Assert.True(AddressList.TryParse("0.0.0.0/0", out var everything));

        Assert.False(new AddressList([everything.Value]).Contains(null));
        Assert.False(new AddressList([]).Contains(IPAddress.Loopback));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("example.com")]
    [InlineData("192.0.2.1/24")]
    [InlineData("192.0.2.0/33")]
    [InlineData("192.0.2.0/-1")]
    [InlineData("192.0.2")]
    [InlineData("0x7f000001")]
    [InlineData("2130706433")]
    [InlineData("010.0.0.1")]
    [InlineData("010.0.0.0/8")]
    [InlineData("167772160/8")]
    [InlineData("[::1]:80")]
    [InlineData("*")]
    public void What_is_no_written_out_network_is_refused(string? text)
    {
        Assert.False(AddressList.TryParse(text, out _));
    }
}
