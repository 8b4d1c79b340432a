using System.Net;

namespace Webhooks.Tests.Network;

public class ProxyTests
{
    [Fact]
    public async Task A_configured_proxy_is_used_at_a_private_address_without_looking_the_name_up()
    {
        await using var proxy = new RawServer();
        var resolver = ScriptedResolver.Always("93.184.216.34");
        using var client = CreateClient(proxy, resolver);

        var refusal = await Sending.RefusalOfAsync(client, "http://hooks.example.com/path");

        Assert.Null(refusal);
        Assert.StartsWith("POST http://hooks.example.com/path HTTP/1.1", proxy.LastRequest, StringComparison.Ordinal);
        Assert.Equal(0, resolver.Lookups);
    }

    [Fact]
    public async Task Https_goes_through_a_tunnel()
    {
        await using var proxy = new RawServer("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        using var client = CreateClient(proxy, new ScriptedResolver());

        var failure = await Assert.ThrowsAsync<HttpRequestException>(
            () => Sending.PostAsync(client, "https://hooks.example.com/"));

        Assert.Equal(HttpRequestError.ProxyTunnelError, failure.HttpRequestError);
        Assert.StartsWith("CONNECT hooks.example.com:443 HTTP/1.1", proxy.LastRequest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://169.254.169.254/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://metadata.google.internal/")]
    [InlineData("http://hooks.example.com:6379/")]
    public async Task The_url_is_judged_before_the_proxy_hears_of_it(string url)
    {
        await using var proxy = new RawServer();
        using var client = CreateClient(proxy, new ScriptedResolver());

        var refusal = await Sending.RefusalOfAsync(client, url);

        Assert.NotNull(refusal);
        Assert.Equal(0, proxy.Connections);
    }

    [Fact]
    public async Task What_bypasses_the_proxy_is_guarded()
    {
        await using var proxy = new RawServer();
        var direct = new WebProxy($"http://127.0.0.1:{proxy.Port}") { BypassList = [@"direct\.example\.com"] };
        using var client = CreateClient(direct, ScriptedResolver.Always("10.0.0.1"));

        var refusal = await Sending.RefusalOfAsync(client, "http://direct.example.com/");

        Assert.Equal(NetworkOutcome.PrivateAddress, refusal?.Verdict.Outcome);
        Assert.Equal(0, proxy.Connections);
    }

    private static HttpMessageInvoker CreateClient(RawServer proxy, NetworkResolver resolver) =>
        CreateClient(new WebProxy($"http://127.0.0.1:{proxy.Port}"), resolver);

    private static HttpMessageInvoker CreateClient(WebProxy proxy, NetworkResolver resolver) =>
        new(new GuardedHttpHandler(
            new NetworkPolicy(new NetworkOptions { AllowHttp = true }.UseProxy(proxy)), resolver: resolver));
}
