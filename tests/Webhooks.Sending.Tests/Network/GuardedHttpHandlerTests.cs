using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Tests.Network;

public class GuardedHttpHandlerTests
{
    [Fact]
    public async Task Any_client_of_the_factory_can_be_guarded()
    {
        await using var victim = new RawServer();
        await using var services = new ServiceCollection()
            .AddHttpClient("other").ConfigurePrimaryHttpMessageHandler(static () => new GuardedHttpHandler()).Services
            .BuildServiceProvider();
        using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient("other");

        var refusal = await Assert.ThrowsAsync<NetworkRefusedException>(() => client.GetStringAsync(
            new Uri($"http://127.0.0.1:{victim.Port}/"), TestContext.Current.CancellationToken));

        Assert.Equal(NetworkOutcome.LoopbackAddress, refusal.Verdict.Outcome);
        Assert.Equal(0, victim.Connections);
    }

    [Fact]
    public async Task A_refusal_at_connect_time_says_why_and_names_no_address()
    {
        using var client = new HttpClient(new GuardedHttpHandler(
            NetworkPolicy.Default, resolver: ScriptedResolver.Always("10.11.12.13")));

        var refusal = await Assert.ThrowsAsync<NetworkRefusedException>(() => client.GetStringAsync(
            new Uri("https://hooks.example.com/token"), TestContext.Current.CancellationToken));

        Assert.Equal(NetworkOutcome.PrivateAddress, refusal.Verdict.Outcome);
        Assert.Contains("Network.AllowedNetworks", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("10.11", refusal.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("token", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_refusal_has_words_of_its_own()
    {
        var messages = Enum.GetValues<NetworkOutcome>()
            .Select(static outcome => new NetworkVerdict(outcome).Message).ToArray();

        Assert.Equal(messages.Length, messages.Distinct().Count());
    }
}
