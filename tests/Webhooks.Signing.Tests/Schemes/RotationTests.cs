namespace Webhooks;

public class RotationTests
{
    private static readonly byte[] Body = "{}"u8.ToArray();

    [Fact]
    public void Sign_signs_with_every_active_secret()
    {
        using var old = SigningSecret.Generate();
        using var fresh = SigningSecret.Generate();

        var headers = Some.Signed(SignatureSchemes.StandardWebhooks, Body, fresh, old);

        Assert.Equal(2, headers["webhook-signature"].Split(' ').Length);
        Assert.Same(old, SignatureSchemes.StandardWebhooks.Verify(headers.ToContext(The.Now, old), Body).Secret);
        Assert.Same(fresh, SignatureSchemes.StandardWebhooks.Verify(headers.ToContext(The.Now, fresh), Body).Secret);
    }

    [Fact]
    public void Sign_signs_with_the_first_active_secret_when_the_header_holds_one_signature()
    {
        using var old = SigningSecret.FromText("old");
        using var fresh = SigningSecret.FromText("fresh");

        var headers = Some.Signed(SignatureSchemes.GitHub, Body, fresh, old);

        Assert.Same(fresh, SignatureSchemes.GitHub.Verify(headers.ToContext(The.Now, old, fresh), Body).Secret);
    }

    [Fact]
    public void Sign_uses_a_further_header_for_each_secret_where_the_layout_has_them()
    {
        var layout = new SignatureLayout { SignatureHeader = "X-Primary", FurtherSignatureHeaders = ["X-Secondary"] };
        var scheme = new HmacSignatureScheme("two", layout);
        using var old = SigningSecret.FromText("old");
        using var fresh = SigningSecret.FromText("fresh");

        var headers = Some.Signed(scheme, Body, fresh, old);

        Assert.Same(old, scheme.Verify(headers.ToContext(The.Now, old), Body).Secret);
        headers.RemoveAll(header => header.Key == "X-Primary");
        Assert.Same(old, scheme.Verify(headers.ToContext(The.Now, old), Body).Secret);
        Assert.Equal(VerificationOutcome.SignatureMismatch, scheme.Verify(headers.ToContext(The.Now, fresh), Body).Outcome);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public void Verify_takes_a_secret_only_in_its_window(int secondsAfterStart, bool active)
    {
        using var secret = SigningSecret.Generate();
        var headers = Some.Signed(SignatureSchemes.StandardWebhooks, Body, secret);
        var windowed = secret.WithValidity(The.Now, The.Now.AddSeconds(60));

        var result = SignatureSchemes.StandardWebhooks.Verify(headers.ToContext(The.Now.AddSeconds(secondsAfterStart), windowed), Body);

        Assert.Equal(active ? VerificationOutcome.Verified : VerificationOutcome.NoActiveSecret, result.Outcome);
    }

    [Fact]
    public void Verify_refuses_when_there_is_no_secret_at_all()
    {
        var headers = Some.Signed(SignatureSchemes.GitHub, Body, The.SigningSecret);

        var result = SignatureSchemes.GitHub.Verify(headers.ToContext(The.Now), Body);

        Assert.Equal(VerificationOutcome.NoActiveSecret, result.Outcome);
    }

    [Fact]
    public void Sign_fails_when_no_secret_is_active()
    {
        var expired = The.SigningSecret.WithValidity(null, The.Now);

        Assert.Throws<InvalidOperationException>(() => Some.Signed(SignatureSchemes.StandardWebhooks, Body, expired));
    }

    [Fact]
    public void Two_schemes_sign_one_request()
    {
        var headers = Some.Signed(SignatureSchemes.StandardWebhooks, Body, The.SigningSecret);
        using var legacy = SigningSecret.FromText("legacy");

        SignatureSchemes.GitHub.Sign(Some.Context(legacy), Body, headers);

        Assert.True(SignatureSchemes.StandardWebhooks.Verify(headers.ToContext(The.Now, The.SigningSecret), Body).IsVerified);
        Assert.True(SignatureSchemes.GitHub.Verify(headers.ToContext(The.Now, legacy), Body).IsVerified);
    }
}
