using System.Security.Cryptography;

namespace Webhooks;

/// <summary>HTTP message signatures: what is signed verifies, and nothing that was changed does.</summary>
public class HttpMessageSignatureTests
{
    private static readonly HttpMessageSignatureScheme Scheme = new("http", new HttpMessageSignatureOptions
    {
        Algorithms =
        [
            HttpSignatureAlgorithms.HmacSha256,
            HttpSignatureAlgorithms.EcdsaP256Sha256,
            HttpSignatureAlgorithms.RsaPssSha512,
            HttpSignatureAlgorithms.RsaV15Sha256,
        ],
    });

    [Theory]
    [InlineData("hmac-sha256")]
    [InlineData("ecdsa-p256-sha256")]
    [InlineData("rsa-pss-sha512")]
    [InlineData("rsa-v1_5-sha256")]
    public void Verify_accepts_what_Sign_signed_and_refuses_a_changed_body_or_signature(string algorithm)
    {
        var scheme = new HttpMessageSignatureScheme("http", Scheme.Options with
        {
            Algorithms = [Scheme.Options.Algorithms.Single(known => known.Name == algorithm)],
        });
        var (signing, verifying) = Pair(algorithm);
        var body = Some.Body();

        var headers = Some.Signed(scheme, body, signing);

        Assert.True(scheme.Verify(headers.ToContext(The.Now, verifying), body).IsVerified);
        Assert.Equal(
            VerificationOutcome.ContentMismatch, scheme.Verify(headers.ToContext(The.Now, verifying), []).Outcome);
        headers["webhook-id"] = "msg_other";
        Assert.Equal(
            VerificationOutcome.SignatureMismatch, scheme.Verify(headers.ToContext(The.Now, verifying), body).Outcome);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sig1=")]
    [InlineData("sig1=(")]
    [InlineData("sig1=(\"@method\"")]
    [InlineData("sig1=(\"@method\" \"@method\");created=1")]
    [InlineData("sig1=(\"@status\");created=1")]
    [InlineData("sig1=(\"@method\";sf);created=1")]
    [InlineData("sig1=();created=9999999999999999")]
    [InlineData("sig1=();created=1;created=2")]
    [InlineData("sig1=(),")]
    [InlineData("sig1=();x=\"\\")]
    [InlineData("é")]
    public void Verify_refuses_an_input_that_is_no_structured_field_without_throwing(string input)
    {
        var headers = Some.Signed(Scheme, [], The.SigningSecret);
        headers["Signature-Input"] = input;

        var outcome = Scheme.Verify(headers.ToContext(The.Now, The.SigningSecret), []).Outcome;

        Assert.Contains(outcome, new[] { VerificationOutcome.MalformedHeader, VerificationOutcome.MissingHeader });
    }

    private static (SigningSecret Signing, SigningSecret Verifying) Pair(string algorithm)
    {
        if (algorithm == "hmac-sha256")
            return (The.SigningSecret, The.SigningSecret);

        using AsymmetricAlgorithm key = algorithm == "ecdsa-p256-sha256"
            ? ECDsa.Create(ECCurve.NamedCurves.nistP256)
            : RSA.Create(2048);
        return (
            SigningSecret.Parse(key.ExportPkcs8PrivateKeyPem(), SecretFormat.Pem),
            SigningSecret.Parse(key.ExportSubjectPublicKeyInfoPem(), SecretFormat.Pem));
    }
}
