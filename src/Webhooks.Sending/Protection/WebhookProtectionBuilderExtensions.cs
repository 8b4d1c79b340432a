using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Webhooks;

/// <summary>Says how the secrets of stored endpoints are protected; the last call wins. What was written before stays
/// readable only if its keys are still there; what was written without protection always does, and is protected when it
/// is next written.</summary>
public static class WebhookProtectionBuilderExtensions
{
    /// <summary>Encrypts the secrets of stored endpoints with AES-256-GCM.</summary>
    /// <param name="builder">What <c>AddWebhookSender</c> returned.</param>
    /// <param name="keys">Keys of 32 random bytes each. The first one encrypts, all of them decrypt: put a new key in
    /// front, and remove the old one when everything has been written again.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">There is no key, or one isn't 32 bytes long.</exception>
    public static WebhookSenderBuilder ProtectSecrets(this WebhookSenderBuilder builder, params byte[][] keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var protector = new AesSecretProtector(keys);
        return builder.ProtectSecrets(_ => protector);
    }

    /// <summary>Encrypts the secrets of stored endpoints with AES-256-GCM.</summary>
    /// <param name="builder">What <c>AddWebhookSender</c> returned.</param>
    /// <param name="base64Keys">Keys of 32 random bytes each, in base64. The first one encrypts, all of them decrypt:
    /// put a new key in front, and remove the old one when everything has been written again.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">There is no key, or one isn't base64 of 32 bytes.</exception>
    public static WebhookSenderBuilder ProtectSecrets(this WebhookSenderBuilder builder, params string[] base64Keys)
    {
        ArgumentNullException.ThrowIfNull(base64Keys);
        return builder.ProtectSecrets(Array.ConvertAll(base64Keys, Decode));
    }

    /// <summary>Protects the secrets of stored endpoints in a way of your own.</summary>
    /// <param name="builder">What <c>AddWebhookSender</c> returned.</param>
    /// <param name="factory">Makes the protector; called once.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static WebhookSenderBuilder ProtectSecrets(
        this WebhookSenderBuilder builder, Func<IServiceProvider, WebhookSecretProtector> factory)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(factory);
        builder.Services.RemoveAll<WebhookSecretProtector>();
        builder.Services.AddSingleton(factory);
        return builder;
    }

    /// <summary>
    /// Protects the secrets of stored endpoints with the application's ASP.NET Core Data Protection. All nodes need the
    /// same key ring and application name, and the keys have to be kept for as long as the endpoints.
    /// </summary>
    /// <param name="builder">What <c>AddWebhookSender</c> returned.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static WebhookSenderBuilder ProtectSecretsWithDataProtection(this WebhookSenderBuilder builder)
        => builder.ProtectSecrets(static services => new DataProtectionSecretProtector(
            services.GetService<IDataProtectionProvider>()
            ?? throw new InvalidOperationException(
                "Webhook secrets are to be protected with Data Protection, which isn't there: call "
                + "services.AddDataProtection().")));

    // The decoder's own exception quotes what it stumbles over.
    private static byte[] Decode(string base64)
    {
        ArgumentNullException.ThrowIfNull(base64);
        var key = new byte[AesSecretProtector.KeyLength];
        return Convert.TryFromBase64String(base64, key, out var length) && length == key.Length
            ? key
            : throw new ArgumentException(
                "A key is base64 of 32 random bytes: 'openssl rand -base64 32' makes one.", nameof(base64));
    }
}
