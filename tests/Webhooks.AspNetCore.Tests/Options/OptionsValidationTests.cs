using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Webhooks;

public class OptionsValidationTests
{
    private const string BadSecret = "whsec_c2hvcnQ=";

    public static TheoryData<string, string, string> BadSettings => new()
    {
        { "Secrets:0", BadSecret, "Secrets[0]" },
        { "Secrets:0", " ", "Secrets[0]" },
        { "Secrets:0", "whsec_!!!!", "Secrets[0]" },
        { "Secrets", The.SecretText, "Sources:billing:Secrets:0" },
        { "Scheme", "rot13", "Scheme" },
        { "AllowedNetworks:0", "10.0.0.0/40", "AllowedNetworks[0]" },
        { "AllowedNetworks:0", "10.0.0.1/8", "AllowedNetworks[0]" },
        { "AllowedNetworks:0", "", "AllowedNetworks[0]" },
        { "AllowedDomains:0", "com", "AllowedDomains[0]" },
        { "AllowedDomains:0", "*.example.com", "AllowedDomains[0]" },
        { "AllowedNetwork:0", "10.0.0.0/8", "Sources:billing:AllowedNetwork" },
        { "MaxBodySize", "0", "MaxBodySize" },
        { "MaxBodySize", "1MB", "Sources:billing:MaxBodySize" },
        { "MaxBodySize", "2147483648", "MaxBodySize" },
        { "BodyTimeout", "00:00:00", "BodyTimeout" },
        { "BodyTimeout", "soon", "Sources:billing:BodyTimeout" },
        { "BodyTimeout", "1", "Sources:billing:BodyTimeout" },
        { "Tolerance", "-00:05:00", "Tolerance" },
        { "Tolerance", "300", "Sources:billing:Tolerance" },
        { "Methods:0", "PO ST", "Methods" },
        { "ContentTypes:0", "*/*", "ContentTypes" },
        { "ContentTypes:0", "json", "ContentTypes" },
        { "ApiKeys:0", "", "ApiKeys" },
        { "ApiKeyHeader", "X Key", "ApiKeyHeader" },
        { "BearerTokens:0", " ", "BearerTokens" },
        { "BasicCredentials:0:UserName", "user", "Sources:billing:BasicCredentials:0" },
        { "BasicCredentials:0:Password", "pass", "Sources:billing:BasicCredentials:0" },
        { "BasicCredentials", "user:pass", "Sources:billing:BasicCredentials:0" },
        { "PathPrefix", "hooks", "PathPrefix" },
        { "PathPrefix", "", "PathPrefix" },
        { "PathPrefix", "/web%20hooks", "PathPrefix" },
        { "PathPrefix", "/web//hooks", "PathPrefix" },
        { "PublicUrl", "example.com", "PublicUrl" },
        { "PublicUrl", "ftp://example.com", "PublicUrl" },
        { "PublicUrl", "https://example.com/?a", "PublicUrl" },
    };

    [Theory]
    [MemberData(nameof(BadSettings))]
    public async Task A_bad_setting_stops_the_start_with_a_message_that_names_it_but_no_secret(
        string key, string value, string named)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Sources:billing:Secrets:5"] = The.SecretText,
            ["Sources:billing:" + key] = value,
        };

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(settings));

        var failure = Assert.Single(exception.Failures);
        Assert.Contains(named, failure, StringComparison.Ordinal);
        Assert.Contains("billing", failure, StringComparison.Ordinal);
        Assert.DoesNotContain(The.SecretText, exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(BadSecret[6..], exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_without_secrets_stops_the_start()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(
            () => Receiver.StartAsync(sources: builder => builder.AddSource("billing", _ => { })));

        Assert.Contains("Secrets of the webhook source 'billing' is empty", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_sources_can_not_claim_the_same_paths()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => Receiver.StartAsync(sources: builder => builder
            .AddSource("billing", SignatureSchemes.StandardWebhooks, The.SecretText)
            .AddSource("billing", source => source.PathPrefix = "/Hooks/")
            .AddSource("code", SignatureSchemes.StandardWebhooks, The.SecretText)
            .AddSource("code", source => source.PathPrefix = "/hooks")));

        var failure = Assert.Single(exception.Failures);
        Assert.Contains("PathPrefix of the webhook source", failure, StringComparison.Ordinal);
        Assert.Contains("billing", failure, StringComparison.Ordinal);
        Assert.Contains("code", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_is_wrong_with_all_sources_is_told_at_once()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => Receiver.StartAsync(sources: builder => builder
            .AddSource("billing", source => (source.MaxBodySize, source.PathPrefix) = (-1, "x"))
            .AddSource("code", source => source.SchemeName = "rot13")));

        Assert.Equal(4, exception.Failures.Count());
    }

    [Fact]
    public async Task A_setting_that_is_wrong_for_every_source_is_named_once_by_its_key()
    {
        var settings = new Dictionary<string, string?>
        {
            ["BodyTimeout"] = "soon",
            ["Sources:billing:Secrets:0"] = The.SecretText,
            ["Sources:code:Secrets:0"] = The.SecretText,
        };

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(settings));

        Assert.Contains("'BodyTimeout'", Assert.Single(exception.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_names_no_known_source_stops_the_start()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Receiver.StartAsync(map: (app, handler) =>
        {
            app.UseWebhookVerification();
            app.MapPost("/hook", handler.ReadStreamAsync).RequireWebhookVerification("biling");
        }));

        Assert.Contains("'biling'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("/hook", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_middleware_can_not_be_used_without_its_services()
    {
        using var app = WebApplication.CreateSlimBuilder().Build();

        var exception = Assert.Throws<InvalidOperationException>(() => app.UseWebhookVerification());

        Assert.Contains("AddWebhookVerification", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a:b")]
    public void A_source_needs_a_name_that_configuration_can_have(string name)
    {
        var builder = new ServiceCollection().AddWebhookVerification();

        Assert.Throws<ArgumentException>(() => builder.AddSource(name, _ => { }));
    }

    private static async Task StartAsync(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        await using var receiver = await Receiver.StartAsync(
            sources: _ => { }, configure: builder => builder.Services.AddWebhookVerification(configuration));
    }
}
