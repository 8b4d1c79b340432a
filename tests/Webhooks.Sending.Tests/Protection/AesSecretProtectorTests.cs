using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;

namespace Webhooks.Tests.Protection;

public sealed class AesSecretProtectorTests
{
    private static readonly byte[] One = [.. Enumerable.Range(0, 32).Select(value => (byte)value)];
    private static readonly byte[] Two = [.. Enumerable.Range(100, 32).Select(value => (byte)value)];

    [Fact]
    public void Any_secret_comes_back_for_its_purpose()
    {
        var protector = new AesSecretProtector([One]);

        Prop.ForAll<byte[], NonNull<string>>((secret, purpose) => protector
            .Unprotect(protector.Protect(secret, purpose.Get), purpose.Get).SequenceEqual(secret)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_first_key_encrypts_and_every_key_decrypts()
    {
        var old = new AesSecretProtector([One]).Protect("secret"u8, "ep_1");
        var rotated = new AesSecretProtector([Two, One]);

        var fresh = rotated.Protect("secret"u8, "ep_1");

        Assert.Equal("secret"u8, rotated.Unprotect(old, "ep_1"));
        Assert.Equal("secret"u8, new AesSecretProtector([Two]).Unprotect(fresh, "ep_1"));
        Assert.Throws<CryptographicException>(() => new AesSecretProtector([One]).Unprotect(fresh, "ep_1"));
    }

    [Fact]
    public void Nothing_is_protected_twice_alike()
    {
        var protector = new AesSecretProtector([One]);

        Assert.NotEqual(protector.Protect("secret"u8, "ep_1"), protector.Protect("secret"u8, "ep_1"));
    }

    [Fact]
    public void Another_purpose_and_any_change_are_refused()
    {
        var protector = new AesSecretProtector([One]);
        var bytes = protector.Protect("secret"u8, "ep_1");

        Assert.ThrowsAny<CryptographicException>(() => protector.Unprotect(bytes, "ep_2"));
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = (byte[])bytes.Clone();
            changed[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => protector.Unprotect(changed, "ep_1"));
            Assert.ThrowsAny<CryptographicException>(() => protector.Unprotect(bytes.AsSpan(0, i), "ep_1"));
        }
    }

    [Fact]
    public void What_was_protected_by_the_first_version_stays_readable()
    {
        // Made by another implementation (HKDF-Expand, AES-256-GCM) from the key 00, 01, … 1f.
        const string Stored = "Ae5q+1Y3j6JnAQIDBAUGBwgJCgsMEneE08S8NwlpEfVfsPsHVYW1Fyo8Gg==";

        Assert.Equal("secret"u8, new AesSecretProtector([One]).Unprotect(Convert.FromBase64String(Stored), "ep_1"));
    }

    [Fact]
    public void Keys_are_thirty_two_bytes_and_never_shown()
    {
        var services = new Microsoft.Extensions.DependencyInjection.ServiceCollection();
        var builder = Microsoft.Extensions.DependencyInjection.WebhookSenderServiceCollectionExtensions.AddWebhookSender(services);

        Assert.Throws<ArgumentException>(() => builder.ProtectSecrets(Array.Empty<byte[]>()));
        Assert.Throws<ArgumentException>(() => builder.ProtectSecrets(One, new byte[31]));
        Assert.Throws<ArgumentException>(() => builder.ProtectSecrets(Array.Empty<string>()));
        var error = Assert.Throws<ArgumentException>(() => builder.ProtectSecrets(Convert.ToBase64String(One), "marker!"));
        Assert.DoesNotContain("marker", error.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => builder.ProtectSecrets(Convert.ToBase64String(new byte[33])));
        Assert.Equal("AesSecretProtector", new AesSecretProtector([One]).ToString());
    }
}
