using System.Text;

namespace Webhooks;

/// <summary>Timestamps that lie in the body, as Linear's do.</summary>
public class BodyTimestampTests
{
    private static readonly SigningSecret Secret = SigningSecret.FromText("lin_wh_secret");
    private static readonly long Now = The.Now.ToUnixTimeMilliseconds();

    [Theory]
    [InlineData(0, VerificationOutcome.Verified)]
    [InlineData(-60_000, VerificationOutcome.Verified)]
    [InlineData(60_000, VerificationOutcome.Verified)]
    [InlineData(-60_001, VerificationOutcome.TimestampTooOld)]
    [InlineData(60_001, VerificationOutcome.TimestampTooNew)]
    public void A_signed_body_is_fresh_for_a_minute(int offset, VerificationOutcome expected)
    {
        var result = Verify($$"""{"action":"create","webhookTimestamp":{{Now + offset}}}""");

        Assert.Equal(expected, result.Outcome);
        Assert.Equal(
            result.IsVerified ? The.Now.AddMilliseconds(offset) : null,
            result.Timestamp);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("""{"webhookTimestamp":null}""")]
    [InlineData("""{"webhookTimestamp":1e12}""")]
    [InlineData("""{"webhookTimestamp":-1}""")]
    [InlineData("""{"webhookTimestamp":99999999999999999999}""")]
    [InlineData("""{"webhookTimestamp":" 1674087231000"}""")]
    [InlineData("""{"webhookTimestamp":1674087231000} trailing""")]
    public void A_signed_body_without_a_timestamp_is_refused(string body)
    {
        Assert.Equal(VerificationOutcome.MalformedTimestamp, Verify(body).Outcome);
    }

    [Fact]
    public void A_body_that_was_changed_is_refused_before_its_timestamp_is_read()
    {
        var headers = Some.Signed(SignatureSchemes.Linear, "{}"u8.ToArray(), Secret);
        var forged = Encoding.UTF8.GetBytes($$"""{"webhookTimestamp":{{Now}}}""");

        var result = SignatureSchemes.Linear.Verify(headers.ToContext(The.Now, Secret), forged);

        Assert.Equal(VerificationOutcome.SignatureMismatch, result.Outcome);
    }

    [Fact]
    public void The_contexts_tolerance_wins()
    {
        var body = Encoding.UTF8.GetBytes($$"""{"webhookTimestamp":{{Now - 120_000}}}""");
        var context = Some.Signed(SignatureSchemes.Linear, body, Secret).ToContext(The.Now, Secret);

        Assert.False(SignatureSchemes.Linear.Verify(context, body).IsVerified);
        Assert.True(SignatureSchemes.Linear.Verify(context with { Tolerance = TimeSpan.FromMinutes(2) }, body).IsVerified);
    }

    [Fact]
    public void The_body_may_come_byte_by_byte()
    {
        var body = Encoding.UTF8.GetBytes($$"""{"webhookTimestamp":{{Now}}}""");
        var context = Some.Signed(SignatureSchemes.Linear, body, Secret).ToContext(The.Now, Secret);

        var result = SignatureSchemes.Linear.Verify(context, Pieces.Of(body));

        Assert.Equal(The.Now, result.Timestamp);
    }

    [Fact]
    public void One_place_for_the_timestamp_is_enough()
    {
        var both = SignatureSchemes.Linear.Layout with { TimestampHeader = "X-Time" };

        var fault = Assert.Throws<ArgumentException>(() => new HmacSignatureScheme("both", both));

        Assert.Equal("TimestampProperty", fault.ParamName);
    }

    private static VerificationResult Verify(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var headers = Some.Signed(SignatureSchemes.Linear, bytes, Secret);
        return SignatureSchemes.Linear.Verify(headers.ToContext(The.Now, Secret), bytes);
    }
}
