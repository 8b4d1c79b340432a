using System.Globalization;
using System.Text;

namespace Webhooks;

/// <summary>The library sends; the providers' own packages verify.</summary>
public sealed class NpmServerTests(NodeFixture node, ServerRun servers) : IClassFixture<ServerRun>
{
    public static TheoryData<string, string> Names { get; } = new()
    {
        { "stripe", "stripe" },
        { "@octokit/webhooks-methods", "github" },
        { "twilio", "twilio" },
        { "standardwebhooks", "standard" },
        { "svix", "svix" },
        { "@slack/bolt", "slack" },
        { "@shopify/shopify-api", "shopify" },
        { "@hubspot/api-client", "hubspot" },
        { "square", "square" },
        { "@sendgrid/eventwebhook", "sendgrid" },
        { "discord-interactions", "discord" },
        { "@paddle/paddle-node-sdk", "paddle" },
        { "@line/bot-sdk", "line" },
        { "@linear/sdk", "linear" },
        { "@workos-inc/node", "workos" },
        { "@adyen/api-library (payments)", "adyen" },
        { "@adyen/api-library (platforms)", "adyen-platform" },
        { "box-node-sdk", "box" },
        { "pusher", "pusher" },
        { "razorpay", "razorpay" },
        { "http-message-signatures (hmac-sha256)", "rfc9421" },
        { "http-message-signatures (ed25519)", "rfc9421-ed25519" },
    };

    /// <summary>A sender that signs by a scheme, with a secret of its own.</summary>
    internal static SimulatedProvider Simulate(string scheme) => new(
        SignatureSchemes.Find(scheme) ?? Ed25519SignatureSchemes.All.Concat([WebhookProviders.HttpMessageSignatures.Scheme!])
            .First(other => other.Name == scheme))
    {
        ContentType = scheme == "twilio" ? "application/x-www-form-urlencoded" : "application/json",
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_package_accepts_what_the_library_signs_and_nothing_else(string name, string scheme)
    {
        await servers.StartAsync(node);
        var place = servers.Packages.Index().Single(package => package.Item.Name == name);
        var url = new Uri(servers.Address, place.Index.ToString(CultureInfo.InvariantCulture));
        await using var honest = new OurSender();
        await using var tampering = new OurSender(Tamper);
        var provider = servers.Providers[scheme];

        var genuine = (await honest.SendAsync(provider, url)).LastAttempt.StatusCode;
        var tampered = (await tampering.SendAsync(provider, url)).LastAttempt.StatusCode;
        var stranger = (await honest.SendAsync(Simulate(scheme), url)).LastAttempt.StatusCode;

        InteropTable.Tell(name, place.Item.Version, $"the library signs, it verifies ({scheme})", genuine, tampered, stranger);
        Assert.Equal((204, 400, 400), (genuine, tampered, stranger));
    }

    [Fact]
    public async Task Every_package_that_verifies_is_asked()
    {
        await servers.StartAsync(node);

        Assert.Equivalent(Names.Select(row => row.Data.Item1), servers.Packages.Select(package => package.Name), strict: true);
    }

    // What every scheme covers: the amount where only parts are signed, the event type elsewhere, and a form's field.
    private static byte[] Tamper(byte[] body) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body)
        .Replace("1130", "1131", StringComparison.Ordinal)
        .Replace("invoice.paid", "invoice.void", StringComparison.Ordinal)
        .Replace("a=1", "a=2", StringComparison.Ordinal));
}
