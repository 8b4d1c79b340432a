using System.Net;

namespace Webhooks.Tests.Network;

[Collection(nameof(ProcessWide))]
public sealed class EnvironmentProxyTests : IDisposable
{
    private static readonly string[] Names =
        ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

    private readonly Dictionary<string, string?> _before =
        Names.ToDictionary(static name => name, Environment.GetEnvironmentVariable);
    private readonly IWebProxy _usual = HttpClient.DefaultProxy;

    [Fact]
    public async Task A_proxy_from_the_environment_is_not_used()
    {
        await using var proxy = new RawServer();
        await using var server = new RawServer();
        var url = $"http://127.0.0.1:{server.Port}/";
        foreach (var name in Names)
            Environment.SetEnvironmentVariable(name, $"http://127.0.0.1:{proxy.Port}");
        // The platform reads the variables once, perhaps before this test; this is what it makes of them.
        HttpClient.DefaultProxy = new WebProxy($"http://127.0.0.1:{proxy.Port}");
        using var usual = new HttpMessageInvoker(new SocketsHttpHandler());
        using var guarded = new HttpMessageInvoker(
            new GuardedHttpHandler(new NetworkPolicy(new NetworkOptions { AllowPrivateNetworks = true })));

        (await Sending.PostAsync(usual, url)).Dispose();
        (await Sending.PostAsync(guarded, url)).Dispose();

        Assert.Equal(1, proxy.Connections);
        Assert.Equal(1, server.Connections);
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before)
            Environment.SetEnvironmentVariable(name, value);
        HttpClient.DefaultProxy = _usual;
    }
}
