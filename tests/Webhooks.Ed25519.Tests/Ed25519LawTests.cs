using FsCheck;
using FsCheck.Fluent;

namespace Webhooks;

public class Ed25519LawTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_674_087_231);
    private static readonly Ed25519SignatureScheme Scheme = Ed25519SignatureSchemes.StandardWebhooks;

    [Fact]
    public void Whatever_is_signed_verifies_and_nothing_that_was_changed_does()
    {
        using var pair = Ed25519KeyPair.Generate();

        Prop.ForAll<byte[], int>((body, place) =>
        {
            var headers = Signed(body, pair.PrivateKey);
            var changed = body.Append((byte)0).ToArray();
            var signature = Convert.FromBase64String(headers["webhook-signature"]["v1a,".Length..]);
            signature[Math.Abs(place % 64)] ^= (byte)(1 << Math.Abs(place % 8));
            var forged = new HeaderList(headers) { ["webhook-signature"] = "v1a," + Convert.ToBase64String(signature) };

            return Verify(headers, body, pair.PublicKey).IsVerified
                && !Verify(headers, changed, pair.PublicKey).IsVerified
                && !Verify(forged, body, pair.PublicKey).IsVerified;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Rotation_works_on_both_sides()
    {
        using var old = Ed25519KeyPair.Generate();
        using var fresh = Ed25519KeyPair.Generate();

        var headers = Signed([1, 2, 3], fresh.PrivateKey, old.PrivateKey);

        Assert.Same(old.PublicKey, Verify(headers, [1, 2, 3], old.PublicKey).Secret);
        Assert.Same(fresh.PublicKey, Verify(headers, [1, 2, 3], fresh.PublicKey).Secret);
    }

    [Fact]
    public void A_shared_secret_signs_beside_a_key_pair()
    {
        using var pair = Ed25519KeyPair.Generate();
        using var secret = SigningSecret.Generate();
        var v1a = Signed([], pair.PrivateKey);
        var v1 = new HeaderList();
        SignatureSchemes.StandardWebhooks.Sign(
            new SigningContext { MessageId = MessageId.Parse(v1a["webhook-id"]), Timestamp = Now, Secrets = [secret] }, [], v1);

        v1["webhook-signature"] += " " + v1a["webhook-signature"];

        Assert.True(Verify(v1, [], pair.PublicKey).IsVerified);
        Assert.True(SignatureSchemes.StandardWebhooks.Verify(v1.ToContext(Now, secret), []).IsVerified);
    }

    [Theory]
    [InlineData("AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIA=")]
    [InlineData("7P///////////////////////////////////////38=")]
    [InlineData("xxdqcD1N2E+6PAt2DRBnDyogU/osOczGTsf9d5KsA/o=")]
    public void A_public_key_under_which_anybody_can_sign_is_refused(string key)
    {
        var fault = Assert.Throws<FormatException>(() => Scheme.ParseSecret("whpk_" + key));

        Assert.DoesNotContain(key, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_private_key_whose_halves_do_not_belong_together_is_refused()
    {
        using var pair = Ed25519KeyPair.Generate();
        using var other = Ed25519KeyPair.Generate();
        byte[] mixed = [.. pair.PrivateKey.RevealKey()[..32], .. other.PublicKey.RevealKey()];

        Assert.Throws<FormatException>(() => Scheme.ParseSecret("whsk_" + Convert.ToBase64String(mixed)));
    }

    [Fact]
    public void A_private_key_that_was_refused_is_refused_again()
    {
        using var pair = Ed25519KeyPair.Generate();
        using var other = Ed25519KeyPair.Generate();
        byte[] mixed = [.. pair.PrivateKey.RevealKey()[..32], .. other.PublicKey.RevealKey()];
        using var secret = SigningSecret.Parse("whsk_" + Convert.ToBase64String(mixed));

        Assert.Throws<ArgumentException>(() => Scheme.CheckSecret(secret, SecretUse.Sign));
        Assert.Throws<ArgumentException>(() => Scheme.CheckSecret(secret, SecretUse.Sign));
    }

    [Fact]
    public void Keys_are_refused_for_the_other_side()
    {
        using var pair = Ed25519KeyPair.Generate();
        using var secret = SigningSecret.Generate();

        Assert.Throws<ArgumentException>(() => Scheme.CheckSecret(pair.PrivateKey, SecretUse.Verify));
        Assert.Throws<ArgumentException>(() => Scheme.CheckSecret(pair.PublicKey, SecretUse.Sign));
        Assert.Throws<ArgumentException>(() => Scheme.CheckSecret(secret, SecretUse.Verify));
        Assert.Throws<FormatException>(() => Scheme.ParseSecret(secret.Reveal()));
    }

    [Fact]
    public void A_disposed_key_neither_signs_nor_verifies()
    {
        var pair = Ed25519KeyPair.Generate();
        var headers = Signed([], pair.PrivateKey);
        Assert.True(Verify(headers, [], pair.PublicKey).IsVerified);

        pair.Dispose();

        Assert.Throws<ObjectDisposedException>(() => Signed([], pair.PrivateKey));
        Assert.Throws<ObjectDisposedException>(() => Verify(headers, [], pair.PublicKey));
    }

    private static HeaderList Signed(byte[] body, params SigningSecret[] keys)
    {
        var headers = new HeaderList();
        Scheme.Sign(new SigningContext { MessageId = MessageId.New(), Timestamp = Now, Secrets = keys }, body, headers);
        return headers;
    }

    private static VerificationResult Verify(HeaderList headers, byte[] body, SigningSecret key) =>
        Scheme.Verify(headers.ToContext(Now, key), body);
}
