using System.Text;
using System.Text.Json;

namespace Webhooks;

public class SigningSecretTests
{
    [Theory]
    [InlineData(23)]
    [InlineData(65)]
    public void Parse_refuses_keys_of_other_lengths_than_the_specification_allows(int length)
    {
        var text = "whsec_" + Convert.ToBase64String(new byte[length]);

        var fault = Assert.Throws<FormatException>(() => SigningSecret.Parse(text));

        Assert.Contains("24 to 64", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(text[6..], fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(64)]
    public void Parse_takes_the_shortest_and_the_longest_key(int length)
    {
        var text = "whsec_" + Convert.ToBase64String(Some.Body(length));

        Assert.Equal(text, SigningSecret.Parse(text).Reveal());
    }

    [Theory]
    [InlineData(null, SecretFormat.WebhookSecret)]
    [InlineData("", SecretFormat.Text)]
    [InlineData(" \t", SecretFormat.Text)]
    [InlineData("whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", SecretFormat.WebhookSecret)]
    [InlineData("whpk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", SecretFormat.WebhookSecret)]
    [InlineData("abc", SecretFormat.Hex)]
    [InlineData("0x", SecretFormat.Hex)]
    [InlineData("*", SecretFormat.Base64)]
    public void TryParse_says_no_to_what_is_not_a_secret(string? text, SecretFormat format)
    {
        Assert.False(SigningSecret.TryParse(text, format, out var secret));
        Assert.Null(secret);
    }

    [Theory]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", SecretFormat.WebhookSecret)]
    [InlineData("whsec_it is only text", SecretFormat.Text)]
    [InlineData("AAEC", SecretFormat.Base64)]
    [InlineData("00ff", SecretFormat.Hex)]
    public void Reveal_gives_back_the_text(string text, SecretFormat format)
    {
        Assert.Equal(text, SigningSecret.Parse(text, format).Reveal());
    }

    [Theory]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", SecretFormat.WebhookSecret)]
    [InlineData("whsec_it is only text", SecretFormat.Text)]
    [InlineData("AAEC", SecretFormat.Base64)]
    [InlineData("00ff", SecretFormat.Hex)]
    public void A_secret_says_how_it_is_written(string text, SecretFormat format)
    {
        var secret = SigningSecret.Parse(text, format);

        Assert.Equal(format, secret.Format);
        Assert.Equal(format, secret.WithValidity(null, DateTimeOffset.UnixEpoch).Format);
        Assert.Equal(SecretFormat.WebhookSecret, SigningSecret.FromBytes([1]).Format);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(32)]
    [InlineData(64)]
    public void Generate_makes_new_secrets_of_the_asked_length(int length)
    {
        using var first = SigningSecret.Generate(length);
        using var second = SigningSecret.Generate(length);

        Assert.Equal(length, Convert.FromBase64String(first.Reveal()["whsec_".Length..]).Length);
        Assert.NotEqual(first.Reveal(), second.Reveal());
    }

    [Theory]
    [InlineData(23)]
    [InlineData(65)]
    public void Generate_refuses_other_lengths(int length)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SigningSecret.Generate(length));
    }

    [Fact]
    public void A_secret_shows_itself_nowhere()
    {
        var secret = SigningSecret.FromText("CANARY-7f3a");
        var key = Convert.ToBase64String(Encoding.UTF8.GetBytes("CANARY-7f3a"));
        var scheme = SignatureSchemes.Stripe;

        string[] seen =
        [
            secret.ToString(),
            $"{secret}",
            JsonSerializer.Serialize(secret),
            JsonSerializer.Serialize(new { Secret = secret, List = new[] { secret } }),
            scheme.Verify(Some.Signed(scheme, [], secret).ToContext(The.Now, secret), []).ToString()!,
            Assert.Throws<FormatException>(() => SigningSecret.Parse("CANARY-7f3a")).ToString(),
            Assert.Throws<NotSupportedException>(() => JsonSerializer.Deserialize<SigningSecret>("\"CANARY-7f3a\"")).ToString(),
        ];

        Assert.All(seen, text => Assert.DoesNotContain("CANARY", text, StringComparison.OrdinalIgnoreCase));
        Assert.All(seen, text => Assert.DoesNotContain(key, text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_disposed_secret_neither_signs_nor_verifies_nor_reveals()
    {
        var secret = SigningSecret.Generate();
        var headers = Some.Signed(SignatureSchemes.StandardWebhooks, [], secret);

        secret.Dispose();

        Assert.Throws<ObjectDisposedException>(secret.Reveal);
        Assert.Throws<ObjectDisposedException>(() => Some.Signed(SignatureSchemes.StandardWebhooks, [], secret));
        Assert.Throws<ObjectDisposedException>(() =>
            SignatureSchemes.StandardWebhooks.Verify(headers.ToContext(The.Now, secret), []));
    }

    [Fact]
    public void An_ed25519_key_is_refused_by_a_scheme_of_shared_secrets()
    {
        var publicKey = "whpk_" + Convert.ToBase64String(new byte[32]);

        Assert.Throws<FormatException>(() => SignatureSchemes.StandardWebhooks.ParseSecret(publicKey));
        Assert.Throws<ArgumentException>(() =>
            SignatureSchemes.StandardWebhooks.CheckSecret(SigningSecret.Parse(publicKey), SecretUse.Verify));
    }

    [Fact]
    public void WithValidity_refuses_a_window_that_ends_before_it_starts()
    {
        Assert.Throws<ArgumentException>(() => The.SigningSecret.WithValidity(The.Now, The.Now));
    }

    [Fact]
    public void FromBytes_refuses_an_empty_key()
    {
        Assert.Throws<ArgumentException>(() => SigningSecret.FromBytes([]));
    }

    [Fact]
    public void An_owner_stays_with_a_secret_that_is_given_a_time_or_a_name()
    {
        using var secret = SigningSecret.Generate().WithOwner("acme");

        Assert.Null(SigningSecret.Generate().Owner);
        Assert.Equal("acme", secret.WithKeyId("billing-1").WithValidity(null, The.Now).Owner);
        Assert.Equal("billing-1", secret.WithKeyId("billing-1").WithOwner("other").KeyId);
        Assert.Equal(The.Now, secret.WithValidity(null, The.Now).WithOwner(null).ValidUntil);
        Assert.Equal(secret.Reveal(), secret.WithOwner(null).Reveal());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    public void An_owner_has_a_name_of_bounded_length(int length)
    {
        Assert.Throws<ArgumentException>(() => SigningSecret.Generate().WithOwner(new string('a', length)));
    }
}
