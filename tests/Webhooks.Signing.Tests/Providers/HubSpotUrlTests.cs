namespace Webhooks;

/// <summary>HubSpot decodes some characters of the URL before it signs ("Validating requests").</summary>
public class HubSpotUrlTests
{
    [Theory]
    [InlineData("https://a.example/p%3Fq%2f%40x?r=%3A%21%24%27%28%29%2A%2C%3B", "https://a.example/p?q/@x?r=:!$'()*,;")]
    [InlineData("https://a.example/p?q=%25%20%41%", "https://a.example/p?q=%25%20%41%")]
    [InlineData("https://a.example/p?q=%253A%3", "https://a.example/p?q=%253A%3")]
    [InlineData("https://a.example/%00%zz%é", "https://a.example/%00%zz%é")]
    public void What_is_signed_is_the_decoded_URL(string received, string decoded)
    {
        var plain = new HmacSignatureScheme("plain", SignatureSchemes.HubSpot.Layout with { UrlForm = null });
        using var secret = SigningSecret.FromText("secret");
        var headers = new HeaderList();
        plain.Sign(Some.Context(secret) with { Url = decoded }, "{}"u8, headers);
        var context = headers.ToContext(The.Now, secret) with { Url = received };

        Assert.True(SignatureSchemes.HubSpot.Verify(context, "{}"u8).IsVerified);
    }
}
