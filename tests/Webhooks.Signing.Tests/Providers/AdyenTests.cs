using System.Security.Cryptography;
using System.Text;

namespace Webhooks;

/// <summary>Adyen's items: eight fields with colons between are signed.</summary>
public class AdyenTests
{
    private static readonly SignatureScheme Scheme = SignatureSchemes.Adyen;

    private static readonly SigningSecret Secret =
        Scheme.ParseSecret("44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056");

    [Theory]
    [InlineData("\"true\"", "\"false\"")]
    [InlineData("true", "false")]
    public void What_is_signed_can_not_be_changed(string original, string forged)
    {
        Assert.Equal("7914073381342284:AUTHORISATION", Verify(Item(success: original)).MessageId);
        Assert.Equal(VerificationOutcome.SignatureMismatch, Verify(Item(success: forged)).Outcome);
        Assert.Equal(VerificationOutcome.MalformedBody, Verify().Outcome);
        Assert.Equal(VerificationOutcome.MalformedBody, Verify("1").Outcome);
    }

    [Fact]
    public void Several_items_are_refused_since_anybody_could_have_put_them_together()
    {
        Assert.Equal(VerificationOutcome.MalformedBody, Verify(Item(), Item()).Outcome);
    }

    [Fact]
    public void What_is_not_signed_does_not_change_the_digest_of_what_is()
    {
        var (sent, copy) = (Verify(Item()), Verify(Item(reason: "other")));
        var failed = Verify(Item(success: "false", content: Content("TestPayment", "false")));

        Assert.False(sent.ContentDigest.IsEmpty);
        Assert.Equal(sent.ContentDigest.ToArray(), copy.ContentDigest.ToArray());
        Assert.NotEqual(sent.ContentDigest.ToArray(), failed.ContentDigest.ToArray());
        Assert.False(Scheme.SignsId);
    }

    [Fact]
    public void A_colon_in_the_merchants_reference_can_not_move_fields()
    {
        var content = Content("ref:1:EUR", "true");

        Assert.True(Verify(Item(reference: "ref:1:EUR", content: content)).IsVerified);
        Assert.Equal(
            VerificationOutcome.MalformedBody,
            Verify(Item(reference: "1:EUR", account: "TestMerchant:ref", content: content)).Outcome);
        Assert.Equal(
            VerificationOutcome.MalformedBody,
            Verify(Item(reference: "ref", value: "\"1\"", currency: "EUR:1130:EUR", content: content)).Outcome);
    }

    private static string Content(string reference, string success) =>
        $"7914073381342284::TestMerchant:{reference}:1130:EUR:AUTHORISATION:{success}";

    private static string Item(
        string success = "true",
        string reference = "TestPayment",
        string account = "TestMerchant",
        string value = "1130",
        string currency = "EUR",
        string reason = "",
        string? content = null)
    {
        var bytes = Encoding.UTF8.GetBytes(content ?? Content("TestPayment", "true"));
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Secret.RevealKey(), bytes));
        return $$$"""
            {"NotificationRequestItem":{"additionalData":{"hmacSignature":"{{{signature}}}"},
            "amount":{"value":{{{value}}},"currency":"{{{currency}}}"},"pspReference":"7914073381342284","eventCode":"AUTHORISATION",
            "merchantAccountCode":"{{{account}}}","merchantReference":"{{{reference}}}","reason":"{{{reason}}}","success":{{{success}}}}}
            """;
    }

    private static VerificationResult Verify(params string[] items) => Scheme.Verify(
        new HeaderList().ToContext(The.Now, Secret),
        Encoding.UTF8.GetBytes($$"""{"notificationItems":[{{string.Join(',', items)}}]}"""));
}
