namespace Webhooks;

/// <summary>The keys of requests with HTTP message signatures.</summary>
public class HttpMessageKeyTests
{
    private const string Url = "https://receiver.example.com/hook?a=1";

    private static readonly SigningSecret Secret = SigningSecret.Generate();

    private static readonly HttpMessageSignatureScheme WithoutId = Scheme(["@method", "@target-uri", "content-digest"]);

    private static readonly HttpMessageSignatureScheme WithoutUrl = Scheme(["@method", "content-digest"]);

    private static readonly HttpMessageSignatureScheme WithoutBody = Scheme(["@method", "@target-uri"]);

    [Theory]
    [InlineData("msg_1", "{}", Url, true)]
    [InlineData("msg_2", "{}", Url, false)]
    [InlineData("msg_1", "[]", Url, true)]
    public async Task An_id_that_is_covered_is_what_counts(string id, string body, string url, bool same)
    {
        await AssertAsync(
            SignatureSchemes.HttpMessageSignatures,
            Signed(SignatureSchemes.HttpMessageSignatures, "msg_1", "{}", Url),
            Signed(SignatureSchemes.HttpMessageSignatures, id, body, url),
            same);
    }

    [Theory]
    [InlineData("msg_1", "{}", Url, true)]
    [InlineData("msg_2", "{}", Url, true)]
    [InlineData("msg_1", "[]", Url, false)]
    [InlineData("msg_1", "{}", Url + "&b=2", false)]
    public async Task Else_it_is_what_is_covered(string id, string body, string url, bool same)
    {
        await AssertAsync(WithoutId, Signed(WithoutId, "msg_1", "{}", Url), Signed(WithoutId, id, body, url), same);
    }

    [Fact]
    public async Task An_id_that_is_not_covered_can_be_changed_in_vain()
    {
        var sent = Signed(WithoutId, "msg_1", "{}", Url);

        await AssertAsync(WithoutId, sent, sent.With("webhook-id", "msg_2"), same: true);
        await AssertAsync(WithoutId, sent, sent.With("webhook-id", null), same: true);
    }

    [Fact]
    public async Task A_url_that_is_not_covered_can_be_changed_in_vain()
    {
        var sent = Signed(WithoutUrl, "msg_1", "{}", Url);

        await AssertAsync(WithoutUrl, sent, sent with { Url = Url + "&b=2" }, same: true);
    }

    [Fact]
    public async Task A_body_that_is_not_covered_can_be_changed_in_vain()
    {
        var sent = Signed(WithoutBody, "msg_1", "{}", Url);

        await AssertAsync(WithoutBody, sent, sent.WithBody("[]"), same: true);
        await AssertAsync(WithoutBody, sent, Signed(WithoutBody, "msg_1", "{}", Url, seconds: 1), same: false);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_several_signatures_any_can_be_left_out_in_vain(bool hasId)
    {
        var scheme = hasId ? SignatureSchemes.HttpMessageSignatures : WithoutId;
        var (early, late) = (Signed(scheme, "msg_1", "{}", Url), Signed(scheme, "msg_1", "{}", Url, seconds: 30));
        var both = early
            .With("Signature-Input", $"{early.Find("Signature-Input")}, {Relabel(late.Find("Signature-Input")!)}")
            .With("Signature", $"{early.Find("Signature")}, {Relabel(late.Find("Signature")!)}");

        await AssertAsync(scheme, both, early, same: true);
        await AssertAsync(scheme, both, late, same: true);
    }

    private static string Relabel(string member) => "second" + member[member.IndexOf('=', StringComparison.Ordinal)..];

    private static HttpMessageSignatureScheme Scheme(IReadOnlyList<string> components) => new(
        "rfc9421", new HttpMessageSignatureOptions { Components = components, RequiredComponents = components });

    private static ReceivedRequest Signed(HttpMessageSignatureScheme scheme, string id, string body, string url, int seconds = 0) =>
        ReceivedRequest.Signed(scheme, Secret, body, id, The.Now.AddSeconds(seconds), url);

    private static async Task AssertAsync(
        HttpMessageSignatureScheme scheme, ReceivedRequest one, ReceivedRequest other, bool same)
    {
        await using var keys = await KeyReader.StartAsync(scheme, Secret);

        var (first, second) = (await keys.ReadAsync(one), await keys.ReadAsync(other));

        Assert.NotNull(first);
        Assert.NotNull(second);
        Assert.Equal(same, first == second);
    }
}
