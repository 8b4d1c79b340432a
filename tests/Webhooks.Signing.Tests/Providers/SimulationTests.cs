using System.Security.Cryptography;
using System.Text;
using Webhooks.Vectors;

namespace Webhooks;

/// <summary>Providers with rules of their own, simulated, and attacked.</summary>
public class SimulationTests
{
    private static readonly byte[] Body = "a=1&b=2"u8.ToArray();

    [Theory]
    [InlineData("gitlab", "secret-token", false)]
    [InlineData("telegram", "secret-token", false)]
    [InlineData("okta", "secret-token", false)]
    [InlineData("deepgram", "secret-token", false)]
    [InlineData("cloudevents", "secret-token", false)]
    [InlineData("basic", "user:password", false)]
    [InlineData("twilio", "auth token", true)]
    [InlineData("hubspot-v1", "client secret", true)]
    [InlineData("hubspot-v2", "client secret", true)]
    public void Whatever_is_signed_verifies(string name, string text, bool coversBody)
    {
        var scheme = SignatureSchemes.Find(name)!;
        using var secret = scheme.ParseSecret(text);
        using var other = scheme.ParseSecret(text + "2");
        var headers = Some.Signed(scheme, Body, secret);
        headers.Write("Content-Type", "application/x-www-form-urlencoded");

        Assert.Same(secret, scheme.Verify(headers.ToContext(The.Now, other, secret), Body).Secret);
        Assert.Equal(VerificationOutcome.SignatureMismatch, scheme.Verify(headers.ToContext(The.Now, other), Body).Outcome);
        Assert.Equal(!coversBody, scheme.Verify(headers.ToContext(The.Now, secret), "a=1&b=3"u8).IsVerified);
        Assert.Equal(
            VerificationOutcome.NoActiveSecret,
            scheme.Verify(headers.ToContext(The.Now, secret.WithValidity(null, The.Now)), Body).Outcome);
    }

    [Fact]
    public void SendGrid_signs_with_a_private_key_and_verifies_with_the_public_one()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var scheme = SignatureSchemes.SendGrid;
        using var secret = scheme.ParseSecret(pair.ExportPkcs8PrivateKeyPem());
        using var shown = scheme.ParseSecret(Convert.ToBase64String(pair.ExportSubjectPublicKeyInfo()));

        var headers = Some.Signed(scheme, Body, secret);

        Assert.True(scheme.Verify(headers.ToContext(The.Now, shown), Body).IsVerified);
        Assert.False(scheme.Verify(headers.ToContext(The.Now, shown), [1]).IsVerified);
        Assert.Throws<ArgumentException>(() => scheme.CheckSecret(secret, SecretUse.Verify));
        Assert.Throws<ArgumentException>(() => scheme.CheckSecret(shown, SecretUse.Sign));
    }

    [Fact]
    public void A_body_that_twilio_does_not_sign_is_refused()
    {
        using var secret = SigningSecret.FromText("token");
        var headers = Some.Signed(SignatureSchemes.Twilio, [], secret);
        headers.Write("Content-Type", "application/json");

        var result = SignatureSchemes.Twilio.Verify(headers.ToContext(The.Now, secret), "{}"u8);

        Assert.Equal(VerificationOutcome.InsufficientCoverage, result.Outcome);
    }

    [Fact]
    public void A_form_without_an_end_is_refused()
    {
        using var secret = SigningSecret.FromText("token");
        var headers = Some.Signed(SignatureSchemes.Twilio, [], secret);
        headers.Write("Content-Type", "application/x-www-form-urlencoded");
        var form = Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Range(0, 1025).Select(index => $"p{index}")));

        Assert.Equal(VerificationOutcome.MalformedBody, SignatureSchemes.Twilio.Verify(headers.ToContext(The.Now, secret), form).Outcome);
        Assert.Equal(VerificationOutcome.MalformedBody, SignatureSchemes.Twilio.Verify(headers.ToContext(The.Now, secret), "a=%FE"u8).Outcome);
    }

    [Fact]
    public void HubSpots_old_signature_is_that_of_its_documentation()
    {
        var vector = VectorSuite.Load("hubspot")["v2-docs-anchor"];
        using var secret = SigningSecret.FromText(vector.Secrets[0]);
        var context = new HeaderList(vector.Headers).ToContext(vector.Now, secret) with { Url = vector.Url, Method = vector.Method };

        Assert.Equal(VerificationOutcome.Verified, SignatureSchemes.HubSpotV2.Verify(context, vector.Body).Outcome);
        Assert.Equal(VerificationOutcome.UnsupportedVersion, SignatureSchemes.HubSpotV1.Verify(context, vector.Body).Outcome);
        Assert.Equal(VerificationOutcome.MissingHeader, SignatureSchemes.HubSpot.Verify(context, vector.Body).Outcome);
    }

    [Theory]
    [InlineData("sns", "arn:aws:sns:us-east-1:123456789012:orders")]
    [InlineData("paypal", "9XL90610J3647323C")]
    public void What_only_the_provider_can_sign_is_refused_at_once(string name, string text)
    {
        var scheme = SignatureSchemes.Find(name)!;
        using var secret = scheme.ParseSecret(text);

        Assert.Throws<ArgumentException>(() => scheme.CheckSecret(secret, SecretUse.Sign));
        Assert.Throws<NotSupportedException>(() => Some.Signed(scheme, [], secret));
        Assert.Throws<FormatException>(() => scheme.ParseSecret("not / a secret of it"));
    }

    [Theory]
    [InlineData("""{"value":[{"clientState":"state"}]}""", VerificationOutcome.Verified)]
    [InlineData("""{"value":[{"clientState":"state"},{"clientState":"other"}]}""", VerificationOutcome.SignatureMismatch)]
    [InlineData("""{"value":[{"clientState":"state"},{}]}""", VerificationOutcome.MalformedBody)]
    [InlineData("""{"value":[{"clientState":"other","clientState":"state"}]}""", VerificationOutcome.MalformedBody)]
    [InlineData("""{"value":[]}""", VerificationOutcome.MalformedBody)]
    [InlineData("""{"value":"state"}""", VerificationOutcome.MalformedBody)]
    public void Each_of_graphs_items_shows_the_secret(string body, VerificationOutcome expected)
    {
        using var secret = SigningSecret.FromText("state");

        var result = SignatureSchemes.MicrosoftGraph.Verify(
            new HeaderList().ToContext(The.Now, secret), Encoding.UTF8.GetBytes(body));

        Assert.Equal(expected, result.Outcome);
    }
}
