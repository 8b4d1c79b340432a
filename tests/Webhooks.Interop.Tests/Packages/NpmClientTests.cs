namespace Webhooks;

/// <summary>The providers' own packages sign; samples/Receiver, set up by configuration, verifies.</summary>
public sealed class NpmClientTests(NodeFixture node, ClientRun run) : IClassFixture<ClientRun>
{
    public static TheoryData<string, string> Names { get; } = new()
    {
        { "stripe", "stripe" },
        { "@octokit/webhooks-methods", "github" },
        { "twilio (form)", "twilio" },
        { "twilio (JSON)", "twilio" },
        { "standardwebhooks", "standard" },
        { "svix", "svix" },
        { "@shopify/shopify-api", "shopify" },
        { "@hubspot/api-client", "hubspot" },
        { "@workos-inc/node", "workos" },
        { "@adyen/api-library (payments)", "adyen" },
        { "@adyen/api-library (platforms)", "adyen-platform" },
        { "pusher", "pusher" },
        { "tweetnacl (as Discord)", "discord" },
        { "http-message-signatures (hmac-sha256)", "rfc9421" },
        { "http-message-signatures (ed25519)", "rfc9421-ed25519" },
        { "@sendgrid/eventwebhook (signed by Node.js)", "sendgrid" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_the_package_signs_is_accepted_and_nothing_else(string name, string scheme)
    {
        var result = (await run.ResultsAsync(node))[name];

        int StatusOf(string request) => result.GetProperty(request).GetInt32();
        InteropTable.Tell(
            name,
            result.GetProperty("version").GetString()!,
            $"it signs, samples/Receiver verifies ({scheme})",
            StatusOf("genuine"),
            StatusOf("tampered"),
            StatusOf("stranger"));
        Assert.Equal((200, 401, 401), (StatusOf("genuine"), StatusOf("tampered"), StatusOf("stranger")));
    }

    [Fact]
    public async Task Every_package_that_signs_is_heard()
    {
        var results = await run.ResultsAsync(node);

        Assert.Equivalent(Names.Select(row => row.Data.Item1), results.Keys, strict: true);
    }
}
