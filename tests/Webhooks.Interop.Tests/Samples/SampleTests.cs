namespace Webhooks;

/// <summary>The samples as a reader of the documents runs them: each a process of its own.</summary>
public sealed class SampleTests(NodeFixture node)
{
    private static readonly string[] ProviderSchemes = ["github", "stripe", "slack", "shopify"];

    public static TheoryData<string> SchemeNames { get; } = ["standard", "github", "stripe", "slack", "shopify", "ed25519"];

    [Fact]
    public async Task The_quickstart_tells_its_story_and_exits_with_0()
    {
        await using var quickstart = SampleProgram.Start("Quickstart");

        var exitCode = await quickstart.WaitForExitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(0, exitCode);
        Assert.Contains("Everything happened as told.", quickstart.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(SchemeNames))]
    public async Task The_sender_reaches_the_receiver(string scheme)
    {
        var (signing, verifying) = SecretsOf(scheme);
        await using var receiver = await SampleReceiver.StartAsync(SampleReceiver.Source(scheme, "Scheme", scheme, verifying));
        var url = receiver.UrlOf(scheme).AbsoluteUri;

        await using var sender = SampleProgram.Start("Sender", [.. Arguments(url, scheme, signing), "--allow-private-networks"]);

        Assert.Equal(0, await sender.WaitForExitAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains("attempt 1: 200", sender.Output, StringComparison.Ordinal);
        var accepted = await receiver.WaitForAsync(" bytes");

        // Slack's events carry their type inside "event", where the sample's payload has nothing.
        Assert.Contains(scheme == "slack" ? " - " : " invoice.paid ", accepted, StringComparison.Ordinal);
        Assert.EndsWith(" bytes", accepted, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(SchemeNames))]
    public async Task The_sender_with_another_secret_is_refused_and_exits_with_1(string scheme)
    {
        await using var receiver = await SampleReceiver.StartAsync(
            SampleReceiver.Source(scheme, "Scheme", scheme, SecretsOf(scheme).Verifying));
        var url = receiver.UrlOf(scheme).AbsoluteUri;

        await using var sender = SampleProgram.Start("Sender", [.. Arguments(url, scheme, SecretsOf(scheme, other: true).Signing), "--allow-private-networks", "--attempts", "1"]);

        Assert.Equal(1, await sender.WaitForExitAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains("attempt 1: 401", sender.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sender_does_not_reach_loopback_unless_allowed()
    {
        await using var sender = SampleProgram.Start("Sender", [.. Arguments("http://127.0.0.1:5080/", "standard", The.Secret), "--attempts", "1"]);

        Assert.Equal(1, await sender.WaitForExitAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains("AddressRefused", sender.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--url")]
    [InlineData("--secret", "whsec_tooshort")]
    [InlineData("--scheme", "morse")]
    [InlineData("--attempts", "0")]
    [InlineData("--type", "not a type")]
    [InlineData("--data", "{")]
    [InlineData("--colour", "blue")]
    public async Task The_sender_exits_with_2_on_bad_arguments_and_shows_how(params string[] bad)
    {
        await using var sender = SampleProgram.Start("Sender", [.. Arguments("https://customer.example/", "standard", The.Secret), .. bad]);

        Assert.Equal(2, await sender.WaitForExitAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains("dotnet run --project samples/Sender", sender.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(The.Secret, sender.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("tooshort", sender.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_receiver_does_not_start_without_a_source_and_says_how_to_give_one()
    {
        await using var receiver = SampleReceiver.StartProgram([]);

        Assert.Equal(1, await receiver.WaitForExitAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains("Webhooks__Sources__orders__Secrets__0=", receiver.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_receiver_does_not_start_with_settings_that_make_no_sense_and_says_which()
    {
        await using var receiver = SampleReceiver.StartProgram([("shop:Provider", "shopfy"), ("till:Secrets:0", "whsec_short")]);

        Assert.Equal(1, await receiver.WaitForExitAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains("'shopfy'", receiver.Output, StringComparison.Ordinal);
        Assert.Contains("Secrets[0] of the webhook source 'till'", receiver.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_short", receiver.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sender_reaches_the_npm_package()
    {
        await using var receiver = node.Start("receive.js", The.Secret);
        var port = (await receiver.WaitForLineAsync("listening ")).Split(' ')[1];

        await using var sender = SampleProgram.Start("Sender", [.. Arguments($"http://127.0.0.1:{port}/", "standard", The.Secret), "--allow-private-networks"]);

        Assert.Equal(0, await sender.WaitForExitAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains("\"verified\":true", await receiver.WaitForLineAsync("{"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_npm_package_reaches_the_receiver()
    {
        await using var receiver = await SampleReceiver.StartAsync(
            SampleReceiver.Source("orders", "Provider", "standard", The.OtherSecret, The.Secret));
        var url = receiver.UrlOf("orders").AbsoluteUri;

        await using var sender = node.Start("send.js", url, The.Secret, "msg_1", """{"type":"invoice.paid"}""");

        Assert.Equal("status 200", await sender.WaitForLineAsync("status "));
        Assert.Equal("orders msg_1 invoice.paid 23 bytes", await receiver.WaitForAsync("orders msg_1"));
    }

    private static string[] Arguments(string url, string scheme, string secret) =>
        ["--url", url, "--scheme", scheme, "--secret", secret, "--type", "invoice.paid", "--data", """{"id":1}"""];

    private static (string Signing, string Verifying) SecretsOf(string scheme, bool other = false)
    {
        if (scheme == "ed25519")
        {
            using var pair = Ed25519KeyPair.FromSeed([.. Enumerable.Repeat((byte)(other ? 2 : 1), 32)]);
            return (pair.PrivateKey.Reveal(), pair.PublicKey.Reveal());
        }

        var standard = other ? The.OtherSecret : The.Secret;
        var secret = ProviderSchemes.Contains(scheme) ? $"as {scheme} shows it, {standard}" : standard;
        return (secret, secret);
    }
}
