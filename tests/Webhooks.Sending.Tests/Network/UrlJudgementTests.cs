namespace Webhooks.Tests.Network;

/// <summary>The families of the SSRF suite, by the rule that refuses them, with members of our own.</summary>
public class UrlJudgementTests
{
    private static readonly NetworkPolicy WithHttp = new(new NetworkOptions { AllowHttp = true });

    [Theory]
    [InlineData("", NetworkOutcome.MalformedUrl)]
    [InlineData("https", NetworkOutcome.MalformedUrl)]
    [InlineData("https:", NetworkOutcome.MalformedUrl)]
    [InlineData("https://", NetworkOutcome.MalformedUrl)]
    [InlineData("https://?query", NetworkOutcome.MalformedUrl)]
    [InlineData("https:example.com", NetworkOutcome.MalformedUrl)]
    [InlineData("example.com/path", NetworkOutcome.MalformedUrl)]
    [InlineData(" https://example.com/", NetworkOutcome.ForbiddenCharacter)]
    [InlineData("https://example.com/ ", NetworkOutcome.ForbiddenCharacter)]
    [InlineData("https://example.com/\u0000", NetworkOutcome.ForbiddenCharacter)]
    [InlineData("https://example.com/\u0085", NetworkOutcome.ForbiddenCharacter)]
    [InlineData("https://example.com/a\\b", NetworkOutcome.ForbiddenCharacter)]
    [InlineData("https://example.com/a b", NetworkOutcome.Allowed)]
    [InlineData("wss://example.com/", NetworkOutcome.SchemeNotAllowed)]
    [InlineData("https://@example.com/", NetworkOutcome.UserInfoNotAllowed)]
    [InlineData("https://:@example.com/", NetworkOutcome.UserInfoNotAllowed)]
    [InlineData("https://example.com/#", NetworkOutcome.FragmentNotAllowed)]
    [InlineData("https://example.com#", NetworkOutcome.FragmentNotAllowed)]
    [InlineData("https://example.com", NetworkOutcome.Allowed)]
    [InlineData("https://example.com?a=b@c", NetworkOutcome.Allowed)]
    [InlineData("https://example.com./", NetworkOutcome.Allowed)]
    [InlineData("https://a-b_c.example.com/", NetworkOutcome.Allowed)]
    [InlineData("https://example.com../", NetworkOutcome.MalformedHost)]
    [InlineData("https://.example.com/", NetworkOutcome.MalformedHost)]
    [InlineData("https://-a.example.com/", NetworkOutcome.MalformedHost)]
    [InlineData("https://a-.example.com/", NetworkOutcome.MalformedHost)]
    [InlineData("https://exam%70le.com/", NetworkOutcome.MalformedHost)]
    [InlineData("https://exam!ple.com/", NetworkOutcome.MalformedHost)]
    [InlineData("https://example.com:/", NetworkOutcome.MalformedHost)]
    [InlineData("https://example.com:0443/", NetworkOutcome.MalformedHost)]
    [InlineData("https://example.com:+443/", NetworkOutcome.MalformedHost)]
    [InlineData("https://example.com:65536/", NetworkOutcome.MalformedHost)]
    [InlineData("https://example.com:65979/", NetworkOutcome.MalformedHost)]
    [InlineData("https://example.com:0/", NetworkOutcome.PortNotAllowed)]
    [InlineData("https://example.com:444/", NetworkOutcome.PortNotAllowed)]
    [InlineData("https://example.com:65535/", NetworkOutcome.PortNotAllowed)]
    [InlineData("http://example.com:8080/", NetworkOutcome.Allowed)]
    public void The_text_is_judged(string url, NetworkOutcome expected)
    {
        Assert.Equal(expected, WithHttp.Judge(url).Outcome);
    }

    [Theory]
    [InlineData("[::1", NetworkOutcome.MalformedHost)]
    [InlineData("[]", NetworkOutcome.MalformedHost)]
    [InlineData("[2606:4700:4700::1111]", NetworkOutcome.Allowed)]
    [InlineData("[2606:4700:4700::1111]:443", NetworkOutcome.Allowed)]
    [InlineData("[2606:4700:4700::1111]443", NetworkOutcome.MalformedHost)]
    [InlineData("[2606:4700:4700::1111].example.com", NetworkOutcome.MalformedHost)]
    [InlineData("[2606:4700:4700::1111%1]", NetworkOutcome.ZoneNotAllowed)]
    [InlineData("[93.184.216.34]", NetworkOutcome.MalformedHost)]
    [InlineData("[vF.2606::1]", NetworkOutcome.MalformedHost)]
    [InlineData("[::ffff:93.184.216.34]", NetworkOutcome.Allowed)]
    [InlineData("[::ffff:a9fe:a9fe]", NetworkOutcome.MetadataAddress)]
    [InlineData("[fd00:ec2::254]", NetworkOutcome.MetadataAddress)]
    [InlineData("[::127.0.0.1]", NetworkOutcome.SpecialPurposeAddress)]
    [InlineData("2606:4700:4700::1111", NetworkOutcome.MalformedHost)]
    [InlineData("93.184.216.34", NetworkOutcome.Allowed)]
    [InlineData("93.184.216.34.", NetworkOutcome.NumericHost)]
    [InlineData("093.184.216.34", NetworkOutcome.NumericHost)]
    [InlineData("93.184.55330", NetworkOutcome.NumericHost)]
    [InlineData("1572395042", NetworkOutcome.NumericHost)]
    [InlineData("0x5db8d822", NetworkOutcome.NumericHost)]
    [InlineData("example.0X7F", NetworkOutcome.NumericHost)]
    [InlineData("example.09", NetworkOutcome.NumericHost)]
    [InlineData("4294967296", NetworkOutcome.NumericHost)]
    [InlineData("example.7f", NetworkOutcome.Allowed)]
    [InlineData("93.184.216.34.nip.io", NetworkOutcome.Allowed)]
    public void Addresses_are_judged_in_their_usual_form_alone(string host, NetworkOutcome expected)
    {
        Assert.Equal(expected, NetworkPolicy.Default.Judge($"https://{host}/").Outcome);
    }

    [Theory]
    [InlineData("receiver", NetworkOutcome.SingleLabelHost)]
    [InlineData("receiver.", NetworkOutcome.SingleLabelHost)]
    [InlineData("localhost.", NetworkOutcome.SpecialUseHost)]
    [InlineData("a.LocalHost", NetworkOutcome.SpecialUseHost)]
    [InlineData("localhost.localdomain", NetworkOutcome.SpecialUseHost)]
    [InlineData("printer.local.", NetworkOutcome.SpecialUseHost)]
    [InlineData("host.docker.internal", NetworkOutcome.SpecialUseHost)]
    [InlineData("metadata.GOOGLE.internal", NetworkOutcome.SpecialUseHost)]
    [InlineData("router.home.arpa", NetworkOutcome.SpecialUseHost)]
    [InlineData("facebookcorewwwi.onion", NetworkOutcome.SpecialUseHost)]
    [InlineData("db.service.consul", NetworkOutcome.SpecialUseHost)]
    [InlineData("api.default.svc", NetworkOutcome.SpecialUseHost)]
    [InlineData("api.default.svc.cluster.local", NetworkOutcome.SpecialUseHost)]
    [InlineData("mylocalhost.com", NetworkOutcome.Allowed)]
    [InlineData("notlocal.example", NetworkOutcome.Allowed)]
    [InlineData("local.example.com", NetworkOutcome.Allowed)]
    public void Names_that_mean_something_else_to_each_network_are_refused(string host, NetworkOutcome expected)
    {
        Assert.Equal(expected, NetworkPolicy.Default.Judge($"https://{host}/").Outcome);
    }

    [Theory]
    [InlineData("b\u00FCcher.example", NetworkOutcome.Allowed)]
    [InlineData("B\u00DCCHER.example", NetworkOutcome.Allowed)]
    [InlineData("\u4F8B\u3048.jp", NetworkOutcome.Allowed)]
    [InlineData("l\u00B7l.example", NetworkOutcome.Allowed)]
    [InlineData("xn--bcher-kva.example", NetworkOutcome.Allowed)]
    [InlineData("XN--BCHER-KVA.example", NetworkOutcome.Allowed)]
    [InlineData("xn--i-7iq.ws", NetworkOutcome.Allowed)]
    [InlineData("xn--mgba3a4f16a.ir", NetworkOutcome.Allowed)]
    [InlineData("exam\u200Bple.com", NetworkOutcome.UnstableHost)]
    [InlineData("exam\u200Dple.com", NetworkOutcome.UnstableHost)]
    [InlineData("exam\u2060ple.com", NetworkOutcome.UnstableHost)]
    [InlineData("exam\uFEFFple.com", NetworkOutcome.UnstableHost)]
    [InlineData("exam\uFE0Fple.com", NetworkOutcome.UnstableHost)]
    [InlineData("exam\u034Fple.com", NetworkOutcome.UnstableHost)]
    [InlineData("example\u202Ecom.net", NetworkOutcome.UnstableHost)]
    [InlineData("exam\u3164ple.com", NetworkOutcome.UnstableHost)]
    [InlineData("bu\u0308cher.example", NetworkOutcome.UnstableHost)]
    [InlineData("example\u3002com", NetworkOutcome.UnstableHost)]
    [InlineData("example\uFF61com", NetworkOutcome.UnstableHost)]
    [InlineData("example\u2024com", NetworkOutcome.UnstableHost)]
    [InlineData("\u212Aelvin.example", NetworkOutcome.UnstableHost)]
    [InlineData("e\u017Fs.example", NetworkOutcome.UnstableHost)]
    [InlineData("\u2168.example", NetworkOutcome.UnstableHost)]
    [InlineData("\u00BD.example", NetworkOutcome.UnstableHost)]
    [InlineData("\uD835\uDD5Docalhost", NetworkOutcome.UnstableHost)]
    [InlineData("\uD83C\uDD5Bocalhost", NetworkOutcome.UnstableHost)]
    [InlineData("\uD833\uDCF11.example", NetworkOutcome.UnstableHost)]
    [InlineData("a\uD800b.example", NetworkOutcome.UnstableHost)]
    [InlineData("xn--.example", NetworkOutcome.MalformedHost)]
    [InlineData("xn--a.example", NetworkOutcome.UnstableHost)]
    [InlineData("xn--localhost-.example", NetworkOutcome.MalformedHost)]
    [InlineData("xn--localhost.example", NetworkOutcome.UnstableHost)]
    [InlineData("xn--ocalhost-in2e.example", NetworkOutcome.UnstableHost)]
    [InlineData("xn--example-oka.com", NetworkOutcome.UnstableHost)]
    [InlineData("xn--zzzzzz99999.example", NetworkOutcome.UnstableHost)]
    [InlineData("\u0440\u0444", NetworkOutcome.SingleLabelHost)]
    public void International_names_must_be_what_they_look_like(string host, NetworkOutcome expected)
    {
        Assert.Equal(expected, NetworkPolicy.Default.Judge($"https://{host}/").Outcome);
    }

    [Fact]
    public void Lengths_have_bounds()
    {
        var label = new string('a', 63);
        var longest = $"{label}.{label}.{label}.{new string('b', 61)}";

        Assert.True(Judge($"https://{longest}/").IsAllowed);
        Assert.True(Judge($"https://{longest}./").IsAllowed);
        Assert.Equal(NetworkOutcome.MalformedHost, Judge($"https://b{longest}/").Outcome);
        Assert.Equal(NetworkOutcome.MalformedHost, Judge($"https://a{label}.com/").Outcome);
        Assert.True(Judge("https://example.com/" + new string('p', 8192 - 20)).IsAllowed);
        Assert.Equal(NetworkOutcome.UrlTooLong, Judge("https://example.com/" + new string('p', 8193 - 20)).Outcome);
    }

    [Fact]
    public void A_relative_url_is_refused()
    {
        var verdict = NetworkPolicy.Default.Judge(new Uri("/hooks", UriKind.Relative));

        Assert.Equal(NetworkOutcome.MalformedUrl, verdict.Outcome);
    }

    [Fact]
    public void A_verdict_nobody_gave_refuses()
    {
        Assert.False(default(NetworkVerdict).IsAllowed);
        Assert.Throws<ArgumentException>(() => new NetworkRefusedException(Judge("https://example.com/")));
    }

    private static NetworkVerdict Judge(string url) => NetworkPolicy.Default.Judge(url);
}
