namespace Webhooks;

public class TokenSignatureSchemeTests
{
    private static readonly TokenSignatureScheme Bearer = new(
        "acme", "Authorization", "Bearer ", new MessageFields { IdHeader = "X-Id", EventTypeHeader = "X-Event" });

    [Fact]
    public void Sign_shows_the_first_active_token_and_Verify_takes_any()
    {
        using var old = Bearer.ParseSecret("old-token");
        using var fresh = Bearer.ParseSecret("fresh-token");

        var headers = Some.Signed(Bearer, Some.Body(), fresh, old);

        Assert.Equal("Bearer fresh-token", headers["Authorization"]);
        Assert.Equal("invoice.paid", headers["X-Event"]);
        Assert.Same(fresh, Bearer.Verify(headers.ToContext(The.Now, old, fresh), []).Secret);
        Assert.Equal(VerificationOutcome.SignatureMismatch, Bearer.Verify(headers.ToContext(The.Now, old), []).Outcome);
    }

    [Theory]
    [InlineData("bearer fresh-token", VerificationOutcome.Verified)]
    [InlineData("fresh-token", VerificationOutcome.SignatureMismatch)]
    [InlineData("Bearer fresh-tokeN", VerificationOutcome.SignatureMismatch)]
    [InlineData("Bearer fresh-toke", VerificationOutcome.SignatureMismatch)]
    [InlineData("Bearer ", VerificationOutcome.SignatureMismatch)]
    [InlineData("Bearer é", VerificationOutcome.MalformedHeader)]
    [InlineData(" ", VerificationOutcome.MissingHeader)]
    public void Only_the_whole_token_is_taken(string header, VerificationOutcome expected)
    {
        using var secret = Bearer.ParseSecret("fresh-token");
        var headers = new HeaderList { ["Authorization"] = header };

        Assert.Equal(expected, Bearer.Verify(headers.ToContext(The.Now, secret), []).Outcome);
    }

    [Fact]
    public void A_token_that_has_run_out_is_not_taken()
    {
        using var token = Bearer.ParseSecret("token");
        var headers = Some.Signed(Bearer, [], token);
        var expired = token.WithValidity(null, The.Now);

        Assert.Equal(VerificationOutcome.NoActiveSecret, Bearer.Verify(headers.ToContext(The.Now, expired), []).Outcome);
        Assert.Throws<InvalidOperationException>(() => Some.Signed(Bearer, [], expired));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("tökén")]
    [InlineData("line\nbreak")]
    public void What_no_header_can_hold_is_no_token(string text)
    {
        var fault = Assert.Throws<FormatException>(() => Bearer.ParseSecret(text));

        Assert.True(text.Length == 0 || !fault.Message.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_token_signs_no_id()
    {
        Assert.False(Bearer.SignsId);
    }
}
