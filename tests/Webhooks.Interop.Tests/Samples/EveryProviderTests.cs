using System.Net;
using System.Text;

namespace Webhooks;

/// <summary>samples/Receiver accepts every provider by configuration alone.</summary>
public sealed class EveryProviderTests(EveryProviderFixture program) : IClassFixture<EveryProviderFixture>
{
    public static TheoryData<string> Simulated { get; } = [.. EveryProviderFixture.Simulated.Keys];

    public static TheoryData<string> All { get; } = [.. WebhookProviders.All.Select(provider => provider.Name)];

    [Theory]
    [MemberData(nameof(Simulated))]
    public async Task A_webhook_that_the_provider_signed_is_accepted_and_told(string name)
    {
        var provider = EveryProviderFixture.Simulated[name];

        var result = await program.Sender.SendAsync(provider, program.Receiver.UrlOf(name));

        Assert.Equal(200, result.LastAttempt.StatusCode);
        var told = await program.Receiver.WaitForAsync($" {provider.Body().Length} bytes");
        Assert.StartsWith($"{name} ", told, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Simulated))]
    public async Task A_webhook_that_a_stranger_signed_is_refused(string name)
    {
        var stranger = new SimulatedProvider(WebhookProviders.Find(name)!);

        var result = await program.Sender.SendAsync(stranger, program.Receiver.UrlOf(name));

        // Twitch asks for 403.
        Assert.Equal(name == "twitch" ? 403 : 401, result.LastAttempt.StatusCode);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_webhook_that_nobody_signed_is_refused(string name)
    {
        var mediaType = WebhookProviders.Find(name)!.ContentTypes.FirstOrDefault("application/json");
        using var content = new StringContent("{}", Encoding.UTF8, mediaType);

        using var response = await program.Client.PostAsync(program.Receiver.UrlOf(name), content, TestContext.Current.CancellationToken);

        Assert.Equal(name == "twitch" ? HttpStatusCode.Forbidden : HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_handshake_is_answered_and_told()
    {
        var url = new Uri(program.Receiver.UrlOf("dropbox"), "?challenge=abc123");

        var answer = await program.Client.GetStringAsync(url, TestContext.Current.CancellationToken);

        Assert.Equal("abc123", answer);
        Assert.Contains("dropbox", await program.Receiver.WaitForAsync("Answered a handshake for "), StringComparison.Ordinal);
    }
}
