using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>HTTP message signatures (RFC 9421) as a source, in code and by configuration alone.</summary>
public class HttpSignatureConfigurationTests
{
    private const string Section = "Sources:billing:";

    [Theory]
    [InlineData("Provider")]
    [InlineData("Scheme")]
    public async Task A_source_by_configuration_accepts_what_is_signed_with_the_key_of_that_id(string setting)
    {
        var text = Some.SecretText();
        await using var receiver = await StartAsync(new()
        {
            [Section + setting] = "rfc9421",
            [Section + "Secrets:0"] = $"keyid:first {text}",
        });
        var scheme = SignatureSchemes.HttpMessageSignatures;

        Assert.NotEqual("401", await AskAsync(receiver, scheme, scheme.ParseSecret($"keyid:first {text}")));
        Assert.Equal("401", await AskAsync(receiver, scheme, scheme.ParseSecret($"keyid:second {text}")));
    }

    [Fact]
    public async Task What_a_signature_must_cover_can_be_said()
    {
        var text = Some.SecretText();
        await using var receiver = await StartAsync(new()
        {
            [Section + "Provider"] = "rfc9421",
            [Section + "Secrets:0"] = text,
            [Section + "HttpSignatures:RequiredComponents:0"] = "content-digest",
            [Section + "HttpSignatures:RequiredComponents:1"] = "@method",
            [Section + "HttpSignatures:RequiredComponents:2"] = "webhook-id",
            [Section + "HttpSignatures:Tag"] = "acme",
        });
        HttpMessageSignatureScheme Covering(string? tag, params string[] components) =>
            new("rfc9421", new HttpMessageSignatureOptions { Components = components, RequiredComponents = [], Tag = tag });

        var covering = Covering("acme", "@method", "content-digest", "webhook-id");

        Assert.NotEqual("401", await AskAsync(receiver, covering, covering.ParseSecret(text)));
        Assert.Equal("401", await AskAsync(receiver, Covering("acme", "@method", "content-digest"), covering.ParseSecret(text)));
        Assert.Equal("401", await AskAsync(receiver, Covering("other", "@method", "content-digest", "webhook-id"), covering.ParseSecret(text)));
    }

    [Fact]
    public async Task An_algorithm_of_another_package_can_be_named()
    {
        var sender = new SimulatedProvider(Ed25519SignatureSchemes.HttpMessageSignatures);
        var settings = new Dictionary<string, string?>
        {
            [Section + "Provider"] = "rfc9421",
            [Section + "Secrets:0"] = sender.Secret,
            [Section + "HttpSignatures:Algorithms:0"] = "ed25519",
        };
        await using var receiver = await StartAsync(settings, builder => builder.AddSchemes(Ed25519SignatureSchemes.All));

        Assert.NotEqual("401", await AskAsync(receiver, sender.Scheme, sender.SigningKey));
        await AssertFailsAsync(settings, "Webhooks.Ed25519");
    }

    [Fact]
    public Task An_algorithm_that_is_not_there_is_told() => AssertFailsAsync(
        new()
        {
            [Section + "Scheme"] = "rfc9421",
            [Section + "Secrets:0"] = Some.SecretText(),
            [Section + "HttpSignatures:Algorithms:0"] = "md5",
        },
        "HttpSignatures:Algorithms of the webhook source 'billing' names no algorithm: 'md5'");

    [Fact]
    public Task A_key_that_fits_none_of_the_algorithms_is_told() => AssertFailsAsync(
        new()
        {
            [Section + "Scheme"] = "rfc9421",
            [Section + "Secrets:0"] = Some.SecretText(),
            [Section + "HttpSignatures:Algorithms:0"] = "rsa-v1_5-sha256",
        },
        "Secrets[0] of the webhook source 'billing'");

    [Fact]
    public Task A_component_that_cannot_be_signed_is_told() => AssertFailsAsync(
        new()
        {
            [Section + "Scheme"] = "rfc9421",
            [Section + "Secrets:0"] = Some.SecretText(),
            [Section + "HttpSignatures:RequiredComponents:0"] = "@nothing",
        },
        "HttpSignatures of the webhook source 'billing' can't be meant.");

    [Fact]
    public Task A_scheme_of_another_kind_is_told() => AssertFailsAsync(
        new()
        {
            [Section + "Scheme"] = "github",
            [Section + "Secrets:0"] = "secret",
            [Section + "HttpSignatures:Tag"] = "acme",
        },
        "HttpSignatures of the webhook source 'billing' is set, but its scheme is 'github'.");

    [Fact]
    public Task A_setting_that_is_not_known_is_told() => AssertFailsAsync(
        new()
        {
            [Section + "Scheme"] = "rfc9421",
            [Section + "Secrets:0"] = Some.SecretText(),
            [Section + "HttpSignatures:Required"] = "@method",
        },
        "HttpSignatures:Required' is not a setting");

    private static Task<Receiver> StartAsync(
        Dictionary<string, string?> settings, Action<WebhookVerificationBuilder>? configure = null) => Receiver.StartAsync(
            sources: builder => configure?.Invoke(builder),
            configure: builder => builder.Services.AddWebhookVerification(
                new ConfigurationBuilder().AddInMemoryCollection(settings).Build()));

    private static async Task<string> AskAsync(Receiver receiver, SignatureScheme scheme, SigningSecret key)
    {
        var request = Some.Webhook();
        var body = await request.Content!.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        foreach (var (name, value) in Some.Signature(body, key, scheme, url: "http://localhost/hook"))
            request.Without(name).With(name, value);
        return await Received.AskAsync(receiver, request);
    }

    private static async Task AssertFailsAsync(Dictionary<string, string?> settings, string expected)
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(settings));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }
}
