namespace Webhooks;

public class SignsIdTests
{
    [Theory]
    [InlineData("{id}.{body}", "X-Id", null, true)]
    [InlineData("{id}.{body}", "X-Id", "id", true)]
    [InlineData("{body}", null, "id", true)]
    [InlineData("{body}", null, "/data/id", true)]
    [InlineData("{body}", "X-Id", null, false)]
    [InlineData("{body}", "X-Id", "id", false)]
    [InlineData("{body}", null, null, false)]
    public void An_id_is_signed_as_content_or_as_part_of_the_body(
        string content, string? header, string? property, bool expected)
    {
        var scheme = new HmacSignatureScheme("acme", new SignatureLayout
        {
            SignatureHeader = "X-Signature",
            SignedContent = content,
            Fields = new MessageFields { IdHeader = header, IdProperty = property },
        });

        Assert.Equal(expected, scheme.SignsId);
    }
}
