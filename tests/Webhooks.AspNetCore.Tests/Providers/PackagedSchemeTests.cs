using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>Providers whose scheme comes with another package.</summary>
public class PackagedSchemeTests
{
    public static TheoryData<string> Names { get; } =
        [.. WebhookProviders.All.Where(provider => provider.Scheme is null).Select(provider => provider.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Without_the_package_the_start_says_what_to_add(string name)
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => Receiver.StartAsync(
            sources: builder => builder.AddSource("billing", WebhookProviders.Find(name)!, "secret")));

        Assert.Contains("Provider of the webhook source 'billing'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("the package Webhooks.Ed25519", fault.Message, StringComparison.Ordinal);
        Assert.Contains("AddSchemes(Ed25519SignatureSchemes.All)", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task With_it_configuration_alone_makes_a_source(string name)
    {
        var provider = WebhookProviders.Find(name)!;
        var sender = new SimulatedProvider(provider);
        var settings = new Dictionary<string, string?>
        {
            ["Sources:billing:Provider"] = name,
            ["Sources:billing:Secrets:0"] = sender.Secret,
        };
        await using var receiver = await Received.StartAsync(builder => builder.AddSchemes(Ed25519SignatureSchemes.All)
            .Services.AddWebhookVerification(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()));

        var body = Received.Json("""{"type":2}""");

        Assert.Contains("|", await Received.AskAsync(receiver, Received.Request(sender, body)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_of_ones_own_without_its_scheme_is_told_to_add_it()
    {
        var provider = new WebhookProvider { Name = "acme", SchemeName = "acme-v1" };

        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => Receiver.StartAsync(
            sources: builder => builder.AddSource("billing", provider, "secret")));

        Assert.Contains("'acme-v1' isn't there: add it with AddWebhookVerification().AddScheme(…).", fault.Message, StringComparison.Ordinal);
    }
}
