using System.Text;

namespace Webhooks;

public class PublishedListReaderTests
{
    public static TheoryData<string, string, string[]> Shapes => new()
    {
        { """{"hooks":["192.0.2.0/24","2001:db8::/32"],"web":["198.51.100.0/24"]}""", "hooks", ["192.0.2.0/24", "2001:db8::/32"] },
        { """{"WEBHOOKS":["192.0.2.1","192.0.2.1"]}""", "WEBHOOKS", ["192.0.2.1/32"] },
        { """{"items":[{"cidr":"192.0.2.0/24"},{"cidr":"2001:db8::/32","mask_len":32},{}]}""", "items[].cidr",
            ["192.0.2.0/24", "2001:db8::/32"] },
        { """{"items":[{"cidr":"192.0.2.0/24","direction":["ingress","egress"]},{"cidr":"198.51.100.0/24","direction":["ingress"]},"""
            + """{"cidr":"203.0.113.0/24","direction":"egress"}]}""", "items[direction=egress].cidr", ["192.0.2.0/24", "203.0.113.0/24"] },
        { """{"items":[{"cidr":"192.0.2.0/24","a":"1","b":"2"},{"cidr":"198.51.100.0/24","a":"1"}]}""", "items[a=1][b=2].cidr",
            ["192.0.2.0/24"] },
        { """["192.0.2.0/24"]""", "[]", ["192.0.2.0/24"] },
        { """[{"ip":"192.0.2.7"}]""", "[].ip", ["192.0.2.7/32"] },
        { """{"a":{"b":{"c":"192.0.2.7"}}}""", "a.b.c", ["192.0.2.7/32"] },
        { """{"a":[["192.0.2.7"],["192.0.2.8"]]}""", "a[]", ["192.0.2.7/32", "192.0.2.8/32"] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_networks_are_found_where_the_path_leads(string json, string path, string[] expected)
    {
        var (networks, skipped) = Read(json, path);

        Assert.Equal(expected, networks);
        Assert.Equal(0, skipped);
    }

    [Theory]
    [InlineData("0.0.0.0/0")]
    [InlineData("0.0.0.0/7")]
    [InlineData("::/0")]
    [InlineData("2000::/15")]
    [InlineData("::ffff:0.0.0.0/96")]
    [InlineData("192.0.2.7/24")]
    [InlineData("example.com")]
    [InlineData("")]
    public void What_is_no_network_or_nearly_everything_is_left_out_and_counted(string text)
    {
        var (networks, skipped) = Read($$"""{"hooks":["{{text}}","192.0.2.0/24",7,null,{}]}""", "hooks");

        Assert.Equal(["192.0.2.0/24"], networks);
        Assert.Equal(4, skipped);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"hooks":[]}""")]
    [InlineData("""{"hooks":"none"}""")]
    [InlineData("""{"hooks":["192.0.2.0/24"]""")]
    [InlineData("""{"hooks":["192.0.2.0/24"],"hooks":["198.51.100.0/24"]}""")]
    [InlineData("""{"hooks":["192.0.2.0/24","\ud800"]}""")]
    [InlineData("""{"hooks":["192.0.2.0/24"],"\ud800":1}""")]
    public void A_list_that_says_nothing_or_is_broken_is_refused(string json)
    {
        Assert.Throws<FormatException>(() => Read(json, "hooks"));
    }

    [Fact]
    public void A_list_may_be_neither_endless_nor_bottomless()
    {
        var endless = Enumerable.Range(0, PublishedListReader.MaximumCount + 1)
            .Select(index => $"\"10.{index >> 16}.{(index >> 8) & 255}.{index & 255}\"");
        var bottomless = new string('[', 17) + new string(']', 17);

        Assert.Throws<FormatException>(() => Read($$"""{"hooks":[{{string.Join(',', endless)}}]}""", "hooks"));
        Assert.Throws<FormatException>(() => Read($$"""{"hooks":["192.0.2.0/24"],"more":{{bottomless}}}""", "hooks"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a.")]
    [InlineData("a..b")]
    [InlineData("a[")]
    [InlineData("a[]b")]
    [InlineData("a[x]")]
    [InlineData("a[x=]")]
    [InlineData("$.a")]
    [InlineData("a\n")]
    public void What_is_no_path_is_refused(string? text)
    {
        Assert.False(PublishedPath.TryParse(text, out _));
    }

    private static (IEnumerable<string> Networks, int Skipped) Read(string json, string path)
    {
        Assert.True(PublishedPath.TryParse(path, out var parsed));
        var (networks, skipped) = PublishedListReader.Read(Encoding.UTF8.GetBytes(json), [parsed]);
        return (networks.Select(network => network.ToString()), skipped);
    }
}
