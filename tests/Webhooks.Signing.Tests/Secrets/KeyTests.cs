using System.Security.Cryptography;

namespace Webhooks;

/// <summary>Keys of asymmetric algorithms, and the names of keys.</summary>
public class KeyTests
{
    [Fact]
    public void A_public_key_is_read_from_PEM_and_from_the_base64_inside()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var der = key.ExportSubjectPublicKeyInfo();

        var armoured = SigningSecret.Parse(key.ExportSubjectPublicKeyInfoPem(), SecretFormat.Pem);
        var bare = SigningSecret.Parse(Convert.ToBase64String(der), SecretFormat.Pem);

        Assert.Equal(SecretKind.PublicKey, armoured.Kind);
        Assert.Equal(SecretKind.PublicKey, bare.Kind);
        Assert.Equal(der, armoured.RevealKey());
        Assert.Equal(der, bare.RevealKey());
    }

    [Fact]
    public void A_private_key_is_read_and_written_back()
    {
        using var key = RSA.Create(2048);
        var der = key.ExportPkcs8PrivateKey();

        var armoured = SigningSecret.Parse(key.ExportPkcs8PrivateKeyPem(), SecretFormat.Pem);
        var bare = SigningSecret.Parse(Convert.ToBase64String(der), SecretFormat.Pem);

        Assert.Equal(SecretKind.PrivateKey, bare.Kind);
        Assert.Equal(der, bare.RevealKey());
        Assert.Equal(armoured.Reveal(), bare.Reveal());
        Assert.Equal(der, SigningSecret.Parse(armoured.Reveal(), SecretFormat.Pem).RevealKey());
    }

    [Fact]
    public void An_ed25519_public_key_in_PEM_is_the_same_as_its_whpk_form()
    {
        var secret = SigningSecret.Parse("MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=", SecretFormat.Pem);

        Assert.Equal(SecretKind.Ed25519PublicKey, secret.Kind);
        Assert.Equal("whpk_JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=", secret.Reveal());
    }

    [Theory]
    [InlineData("not a key")]
    [InlineData("AAAA")]
    [InlineData("MAA=")]
    [InlineData("MAMCAQA=")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----")]
    public void What_is_no_key_is_refused_without_quoting_it(string text)
    {
        var fault = Assert.Throws<FormatException>(() => SigningSecret.Parse(text, SecretFormat.Pem));

        Assert.DoesNotContain(text, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_keeps_its_name_beside_its_window()
    {
        var until = DateTimeOffset.UnixEpoch;

        var named = SigningSecret.Generate().WithValidity(null, until).WithKeyId("billing-1");

        Assert.Equal(("billing-1", until), (named.KeyId, named.ValidUntil));
        Assert.Equal("billing-1", named.WithValidity(until, null).KeyId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData("é")]
    public void A_name_that_no_header_can_carry_is_refused(string keyId)
    {
        Assert.Throws<ArgumentException>(() => SigningSecret.Generate().WithKeyId(keyId));
    }
}
