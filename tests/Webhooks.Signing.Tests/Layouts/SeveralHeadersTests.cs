namespace Webhooks;

/// <summary>Providers that rotate keys with a header for each key.</summary>
public class SeveralHeadersTests
{
    private static readonly byte[] Body = "{}"u8.ToArray();

    [Theory]
    [InlineData("box", "BOX-SIGNATURE-PRIMARY", "BOX-SIGNATURE-SECONDARY")]
    [InlineData("docusign", "X-DocuSign-Signature-1", "X-DocuSign-Signature-2")]
    [InlineData("hookdeck", "x-hookdeck-signature", "x-hookdeck-signature-2")]
    public void Each_key_signs_in_a_header_of_its_own_and_either_is_enough(string name, string first, string second)
    {
        var scheme = SignatureSchemes.Find(name)!;
        using var fresh = scheme.ParseSecret("fresh");
        using var old = scheme.ParseSecret("old");
        var headers = Some.Signed(scheme, Body, fresh, old);
        var onlySecond = new HeaderList(headers.Where(header => header.Key != first));

        Assert.Contains(headers, header => header.Key == second);
        Assert.Same(old, scheme.Verify(headers.ToContext(The.Now, old), Body).Secret);
        Assert.Same(fresh, scheme.Verify(headers.ToContext(The.Now, fresh), Body).Secret);
        Assert.Same(old, scheme.Verify(onlySecond.ToContext(The.Now, fresh, old), Body).Secret);
    }

    [Fact]
    public void The_tenth_header_counts_and_the_eleventh_does_not()
    {
        using var secret = SigningSecret.FromText("secret");
        var signature = Some.Signed(SignatureSchemes.DocuSign, Body, secret)["X-DocuSign-Signature-1"];
        var tenth = new HeaderList { ["X-DocuSign-Signature-10"] = signature };
        var eleventh = new HeaderList { ["X-DocuSign-Signature-11"] = signature };

        Assert.True(SignatureSchemes.DocuSign.Verify(tenth.ToContext(The.Now, secret), Body).IsVerified);
        Assert.False(SignatureSchemes.DocuSign.Verify(eleventh.ToContext(The.Now, secret), Body).IsVerified);
    }
}
