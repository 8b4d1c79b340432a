using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Webhooks;

/// <summary>Schemes that read bodies are handed whatever a stranger can think of.</summary>
public class HostileBodyTests
{
    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\"signature\"", "\"timestamp\"", "\"token\"", "\"1674087231\"", "1e999", "-0", "null", "true",
        "\"\\ud800\"", "\"\\ud800\":1", "\"notificationItems\"", "\"NotificationRequestItem\"", "\"additionalData\"", "\"amount\"",
        "\"Type\"", "\"Notification\"", "\"SigningCertURL\"", "\"Signature\"", "\"AAAA\"", "&", "=", "%", "%zz", "%00", "+", "\u00ff", "a=1",
    ];

    [Theory]
    [InlineData("mailgun", "key")]
    [InlineData("adyen", "00ff")]
    [InlineData("twilio", "token")]
    [InlineData("sns", "arn:aws:sns:us-east-1:123456789012:orders")]
    public void No_body_passes_and_none_throws(string name, string text)
    {
        var scheme = SignatureSchemes.Find(name)!;
        using var secret = scheme.ParseSecret(text);
        var headers = new HeaderList
        {
            ["X-Twilio-Signature"] = "AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            ["Content-Type"] = "application/x-www-form-urlencoded",
        };

        Prop.ForAll(Gen.Elements(Pieces).ListOf().Select(string.Concat).ToArbitrary(), body =>
            !Verify(scheme, headers.ToContext(The.Now, secret), Encoding.UTF8.GetBytes(body)).IsVerified)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(60));
    }

    [Theory]
    [InlineData("""{"signature":{"\ud800":1,"timestamp":"1"}}""")]
    [InlineData("""{"signature":{"timestamp":"\ud800","token":"a"}}""")]
    [InlineData("""{"signature":[{"timestamp":1}]}""")]
    [InlineData("""{"signature":7}""")]
    public void What_looks_like_mailgun_and_is_not_is_malformed(string body)
    {
        using var secret = SigningSecret.FromText("key");

        var result = SignatureSchemes.Mailgun.Verify(new HeaderList().ToContext(The.Now, secret), Encoding.UTF8.GetBytes(body));

        Assert.Equal(VerificationOutcome.MalformedBody, result.Outcome);
    }

    private static VerificationResult Verify(SignatureScheme scheme, VerificationContext context, byte[] body)
    {
        Assert.True(scheme.TryBeginVerification(context, out var verification, out _));
        using (verification)
        {
            verification.Append(body);
            return verification.CompleteAsync(TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();
        }
    }
}
