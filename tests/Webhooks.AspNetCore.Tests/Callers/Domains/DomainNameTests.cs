namespace Webhooks;

public class DomainNameTests
{
    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData(" Example.COM. ", "example.com")]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("a_b.example", null)]
    [InlineData("com", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData(".example.com", null)]
    [InlineData("*.example.com", null)]
    [InlineData("example..com", null)]
    [InlineData("192.0.2.7", null)]
    [InlineData("2001:db8::7", null)]
    [InlineData("example.com/24", null)]
    [InlineData("exa mple.com", null)]
    public void A_domain_is_read_or_refused(string? text, string? expected)
    {
        var isDomain = DomainName.TryParseDomain(text, out var domain);

        Assert.Equal(expected is not null, isDomain);
        Assert.Equal(expected, domain);
    }

    [Theory]
    [InlineData("example.com", true)]
    [InlineData("hooks.EXAMPLE.com", true)]
    [InlineData("a.b.example.com", true)]
    [InlineData("evilexample.com", false)]
    [InlineData("example.com.evil.net", false)]
    [InlineData(".example.com", false)]
    [InlineData("a..example.com", false)]
    [InlineData("com", false)]
    [InlineData("", false)]
    [InlineData("a b.example.com", false)]
    [InlineData("a\n.example.com", false)]
    [InlineData("é.example.com", false)]
    public void A_name_is_within_a_domain_at_the_boundary_of_a_label(string name, bool expected)
    {
        Assert.Equal(expected, new AllowedDomains(["example.com"]).Have(name));
    }

    [Fact]
    public void Names_longer_than_dns_has_them_are_none()
    {
        var label = new string('a', 63);

        Assert.True(DomainName.IsName($"{label}.{label}.{label}.{new string('a', 61)}"));
        Assert.False(DomainName.IsName($"{label}.{label}.{label}.{new string('a', 62)}"));
        Assert.False(DomainName.IsName($"{label}a.example"));
    }
}
