using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Webhooks.Tests.Protection;

/// <summary>Secrets at rest: what the store gets to see, and what happens without the key.</summary>
public sealed class ProtectedEndpointTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    private readonly MemoryStore _store = new(TimeProvider.System);

    [Fact]
    public async Task Nothing_secret_reaches_the_store()
    {
        using var host = new PublishHost(_store, build: builder => builder.ProtectSecrets(Key));

        await host.Endpoints.CreateAsync(Marked(), Cancel);
        await host.Endpoints.RotateSecretAsync(
            "ep_1", new SecretRotation { NewSecret = SigningSecret.FromText("marker-new") }, Cancel);

        var settings = await SettingsAsync();
        Assert.DoesNotContain("marker", settings, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Convert.ToBase64String("marker-signing-key-0123456789abcd"u8), settings, StringComparison.Ordinal);
        Assert.Contains("\"invoice.paid\"", settings, StringComparison.Ordinal);
        Assert.Equal("marker-token", (await host.Endpoints.GetAsync("ep_1", Cancel))!.Endpoint.Headers["X-Token"]);
    }

    [Fact]
    public async Task What_was_written_unprotected_stays_readable_and_is_protected_when_it_is_next_written()
    {
        using var open = new PublishHost(_store);
        using var closed = new PublishHost(_store, build: builder => builder.ProtectSecrets(Key));
        await open.Endpoints.CreateAsync(Marked(), Cancel);
        Assert.Contains("marker-token", await SettingsAsync(), StringComparison.Ordinal);

        var read = await closed.Endpoints.GetAsync("ep_1", Cancel);
        await closed.Endpoints.UpdateAsync(read!.Endpoint, cancellationToken: Cancel);

        Assert.DoesNotContain("marker", await SettingsAsync(), StringComparison.Ordinal);
        Assert.Equal("marker-token", (await closed.Endpoints.GetAsync("ep_1", Cancel))!.Endpoint.Headers["X-Token"]);
    }

    [Fact]
    public async Task Disabling_neither_needs_the_key_nor_loses_the_secrets()
    {
        using var closed = new PublishHost(_store, build: builder => builder.ProtectSecrets(Key));
        using var open = new PublishHost(_store);
        await closed.Endpoints.CreateAsync(Marked(), Cancel);

        await open.Endpoints.DisableAsync("ep_1", "by hand", Cancel);
        await open.Endpoints.EnableAsync("ep_1", Cancel);

        Assert.Equal("marker-token", (await closed.Endpoints.GetAsync("ep_1", Cancel))!.Endpoint.Headers["X-Token"]);
    }

    [Fact]
    public async Task Without_the_key_it_is_said_what_is_missing_and_messages_are_still_published()
    {
        using var closed = new PublishHost(_store, build: builder => builder.ProtectSecrets(Key));
        using var open = new PublishHost(_store);
        using var other = new PublishHost(_store, build: builder => builder.ProtectSecrets(RandomNumberGenerator.GetBytes(32)));
        await closed.Endpoints.CreateAsync(Marked(), Cancel);

        var withoutKey = await ErrorAsync(open);
        var withAnother = await ErrorAsync(other);

        Assert.Contains("call ProtectSecrets", withoutKey.Message, StringComparison.Ordinal);
        Assert.Contains("can't unprotect", withAnother.Message, StringComparison.Ordinal);
        Assert.Contains("ep_1", withAnother.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await open.Publisher.PublishAsync(Some.Message(), Cancel)).DeliveryCount);
        Assert.Equal(0, (await open.Publisher.PublishAsync(Some.Message("order.sent"), Cancel)).DeliveryCount);
    }

    [Fact]
    public async Task Protected_settings_serve_no_other_endpoint()
    {
        using var host = new PublishHost(_store, build: builder => builder.ProtectSecrets(Key));
        await host.Endpoints.CreateAsync(Marked(), Cancel);
        var stolen = (await _store.ReadEndpointsAsync(0, Cancel)).Endpoints[0];

        await _store.CreateEndpointAsync(new EndpointRecord { Id = "ep_thief", Settings = stolen.Settings }, Cancel);

        var thief = await host.Endpoints.GetAsync("ep_thief", Cancel);
        Assert.Throws<InvalidOperationException>(() => thief!.Endpoint);
    }

    [Fact]
    public async Task Data_protection_protects_for_the_endpoint()
    {
        using var host = new PublishHost(_store, build: builder =>
        {
            builder.Services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
            builder.ProtectSecretsWithDataProtection();
        });

        await host.Endpoints.CreateAsync(Marked(), Cancel);

        Assert.DoesNotContain("marker", await SettingsAsync(), StringComparison.Ordinal);
        Assert.Equal("marker-token", (await host.Endpoints.GetAsync("ep_1", Cancel))!.Endpoint.Headers["X-Token"]);
        var protector = host.Services.GetRequiredService<WebhookSecretProtector>();
        var bytes = protector.Protect("secret"u8, "ep_1");
        Assert.ThrowsAny<CryptographicException>(() => protector.Unprotect(bytes, "ep_2"));
    }

    [Fact]
    public async Task Missing_data_protection_keeps_the_application_from_starting()
    {
        using var host = Application(durable: true, builder => builder.ProtectSecretsWithDataProtection());

        var error = await Assert.ThrowsAnyAsync<InvalidOperationException>(() => host.StartAsync(Cancel));

        Assert.Contains("services.AddDataProtection()", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false, 1)]
    [InlineData(true, true, 0)]
    [InlineData(false, false, 0)]
    public async Task A_durable_store_without_protection_is_warned_of(bool durable, bool isProtected, int warnings)
    {
        using var host = Application(durable, builder =>
        {
            if (isProtected)
                builder.ProtectSecrets(Key);
        });

        await host.StartAsync(Cancel);
        await host.StopAsync(Cancel);

        Assert.Equal(warnings, host.Services.GetFakeLogCollector().GetSnapshot().Count(log => log.Id.Id == 370));
    }

    private static WebhookEndpoint Marked() => new(
        new Uri("https://receiver.example.com/marker-path"),
        new EndpointSignature(SignatureSchemes.Stripe, SigningSecret.FromBytes("marker-signing-key-0123456789abcd"u8)))
    {
        Id = "ep_1",
        EventTypes = ["invoice.paid"],
        Headers = new Dictionary<string, string> { ["X-Token"] = "marker-token" },
        Authorization = WebhookAuthorization.OAuthClientCredentials(
            new(new Uri("https://login.example.com/marker-token-url"), "marker-client", "marker-client-secret")),
    };

    private static async Task<InvalidOperationException> ErrorAsync(PublishHost host)
    {
        var stored = await host.Endpoints.GetAsync("ep_1", Cancel);
        var error = Assert.Throws<InvalidOperationException>(() => stored!.Endpoint);
        Assert.DoesNotContain("marker", error.ToString(), StringComparison.Ordinal);
        return error;
    }

    private static IHost Application(bool durable, Action<WebhookSenderBuilder> build)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddFakeLogging();
        build(builder.Services.AddWebhookSender()
            .UseStore(_ => new WrappedStore(new MemoryStore(TimeProvider.System)) { Durable = durable })
            .ConfigureDelivery(options => options.Enabled = false));
        return builder.Build();
    }

    private async Task<string> SettingsAsync()
        => Encoding.UTF8.GetString((await _store.ReadEndpointsAsync(0, Cancel)).Endpoints[0].Settings.Span);
}
