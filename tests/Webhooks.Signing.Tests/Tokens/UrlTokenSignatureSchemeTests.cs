namespace Webhooks;

public class UrlTokenSignatureSchemeTests
{
    private static readonly UrlTokenSignatureScheme Scheme = new("acme", "key");

    [Theory]
    [InlineData("https://example.com/hook?key=the-token", VerificationOutcome.Verified)]
    [InlineData("https://example.com/hook?a=1&key=the-token&b=2", VerificationOutcome.Verified)]
    [InlineData("https://example.com/hook?key=the-toke", VerificationOutcome.SignatureMismatch)]
    [InlineData("https://example.com/hook?key=the-tokenn", VerificationOutcome.SignatureMismatch)]
    [InlineData("https://example.com/hook?key=The-token", VerificationOutcome.SignatureMismatch)]
    [InlineData("https://example.com/hook?key=the%2Dtoken", VerificationOutcome.SignatureMismatch)]
    [InlineData("https://example.com/hook?key=", VerificationOutcome.SignatureMismatch)]
    [InlineData("https://example.com/hook?key=the-token&key=the-token", VerificationOutcome.MissingHeader)]
    [InlineData("https://example.com/hook?KEY=the-token", VerificationOutcome.MissingHeader)]
    [InlineData("https://example.com/hook?monkey=the-token", VerificationOutcome.MissingHeader)]
    [InlineData("https://example.com/key=the-token", VerificationOutcome.MissingHeader)]
    [InlineData(null, VerificationOutcome.MissingHeader)]
    public void Only_a_url_that_shows_the_token_once_is_taken(string? url, VerificationOutcome expected)
    {
        using var secret = Scheme.ParseSecret("the-token");

        Assert.Equal(expected, Scheme.Verify(new HeaderList().ToContext(The.Now, secret) with { Url = url }, []).Outcome);
    }

    [Fact]
    public void Signing_checks_that_the_url_shows_the_token()
    {
        using var secret = Scheme.ParseSecret("the-token");
        var (context, headers) = (Some.Context(secret), new HeaderList());

        Scheme.Sign(context with { Url = "https://example.com/hook?key=the-token" }, [], headers);

        Assert.Empty(headers);
        Assert.Throws<InvalidOperationException>(() => Scheme.Sign(context, [], headers));
        Assert.Throws<InvalidOperationException>(
            () => Scheme.Sign(context with { Url = "https://example.com/hook?key=other" }, [], headers));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a&b")]
    [InlineData("a%20b")]
    [InlineData("tökén")]
    public void What_a_url_would_encode_is_no_token(string text)
    {
        Assert.Throws<FormatException>(() => Scheme.ParseSecret(text));
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("a=b")]
    [InlineData("a b")]
    public void What_a_url_would_encode_is_no_parameter(string parameter)
    {
        Assert.Throws<ArgumentException>(() => new UrlTokenSignatureScheme("acme", parameter));
    }

    [Fact]
    public void A_token_that_has_run_out_is_not_taken()
    {
        using var secret = Scheme.ParseSecret("the-token");
        var context = new HeaderList().ToContext(The.Now, secret.WithValidity(null, The.Now));

        Assert.Equal(
            VerificationOutcome.NoActiveSecret,
            Scheme.Verify(context with { Url = "https://example.com/?key=the-token" }, []).Outcome);
    }
}
