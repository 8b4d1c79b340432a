using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace Webhooks.Tests.Network;

public class TransportTests
{
    private static readonly NetworkPolicy Private = new(new NetworkOptions { AllowPrivateNetworks = true });

    public static TheoryData<string> Redirects =>
        SsrfCases.Ids("redirect", static one => one.Id is not ("redirect-12" or "redirect-14"));

    [Theory, MemberData(nameof(Redirects))]
    public async Task Redirects_come_back_as_they_are_and_nobody_else_is_contacted(string id)
    {
        var words = SsrfCases.Find(id).Input.GetProperty("chain")[0].GetString()!.Split(' ');
        var status = int.Parse(words[1], CultureInfo.InvariantCulture);
        await using var victim = new RawServer();
        await using var server = await KestrelServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers[status == 200 ? "Refresh" : status == 407 ? "Proxy-Authenticate" : "Location"] =
                status switch
                {
                    200 => $"0;url=http://127.0.0.1:{victim.Port}/",
                    407 => "Basic realm=\"x\"",
                    _ => $"http://127.0.0.1:{victim.Port}/latest/meta-data/",
                };
            return Task.CompletedTask;
        });
        using var client = new HttpMessageInvoker(new GuardedHttpHandler(Private));

        using var response = await Sending.PostAsync(client, $"http://127.0.0.1:{server.Port}/");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Single(server.Requests);
        Assert.Equal(0, victim.Connections);
    }

    [Fact]
    public async Task An_alternative_service_is_not_gone_to()
    {
        await using var victim = new RawServer();
        await using var server = await KestrelServer.StartAsync(context =>
        {
            context.Response.Headers.AltSvc = $"h3=\"127.0.0.1:{victim.Port}\", h2=\"127.0.0.1:{victim.Port}\"";
            return Task.CompletedTask;
        });
        using var client = new HttpMessageInvoker(new GuardedHttpHandler(Private));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{server.Port}/")
        {
            Version = HttpVersion.Version30,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrHigher,
        };

        (await Sending.PostAsync(client, $"http://127.0.0.1:{server.Port}/")).Dispose();
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(request.Version <= HttpVersion.Version20);
        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(0, victim.Connections);
    }

    [Theory]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 10_000)]
    [InlineData("HTTP/1.1 103 Early Hints\r\n\r\n", 100_000)]
    public async Task A_flood_of_informational_responses_ends_in_a_failure(string hint, int count)
    {
        var flood = string.Concat(Enumerable.Repeat(hint, count));
        await using var server = new RawServer(flood);
        using var client = new HttpMessageInvoker(new GuardedHttpHandler(Private));

        var failure = await Record.ExceptionAsync(
            () => Sending.PostAsync(client, $"http://127.0.0.1:{server.Port}/"));

        Assert.IsType<HttpRequestException>(failure);
    }

    [Fact]
    public async Task Headers_beyond_64_KiB_end_in_a_failure()
    {
        await using var server = new RawServer($"HTTP/1.1 200 OK\r\nX-Long: {new string('x', 65 * 1024)}\r\n\r\n");
        using var client = new HttpMessageInvoker(new GuardedHttpHandler(Private));

        var failure = await Assert.ThrowsAsync<HttpRequestException>(
            () => Sending.PostAsync(client, $"http://127.0.0.1:{server.Port}/"));

        Assert.Equal(HttpRequestError.ConfigurationLimitExceeded, failure.HttpRequestError);
    }

    [Fact]
    public async Task Cookies_are_not_kept_and_no_encoding_is_asked_for()
    {
        var seen = new List<(string Cookie, string Encoding)>();
        await using var server = await KestrelServer.StartAsync(context =>
        {
            seen.Add((context.Request.Headers.Cookie.ToString(), context.Request.Headers.AcceptEncoding.ToString()));
            context.Response.Cookies.Append("visitor", "1", new CookieOptions());
            return Task.CompletedTask;
        });
        using var client = new HttpMessageInvoker(new GuardedHttpHandler(Private));

        for (var i = 0; i < 2; i++)
            (await Sending.PostAsync(client, $"http://127.0.0.1:{server.Port}/")).Dispose();

        Assert.Equal([("", ""), ("", "")], seen);
    }

    [Fact]
    public async Task A_connection_is_used_again_and_each_request_is_judged_all_the_same()
    {
        await using var server = await KestrelServer.StartAsync();
        using var client = new HttpMessageInvoker(new GuardedHttpHandler(Private));
        var url = $"http://127.0.0.1:{server.Port}/";

        (await Sending.PostAsync(client, url)).Dispose();
        (await Sending.PostAsync(client, url)).Dispose();
        var refusal = await Sending.RefusalOfAsync(client, url + "#fragment");

        Assert.Equal(2, server.Requests.Count);
        Assert.Single(server.Requests.Select(static request => request.Connection).Distinct());
        Assert.Equal(NetworkOutcome.FragmentNotAllowed, refusal?.Verdict.Outcome);
    }

    [Fact]
    public async Task An_address_that_does_not_answer_gives_way_to_the_next()
    {
        await using var server = new RawServer();
        using var client = new HttpMessageInvoker(
            new GuardedHttpHandler(Private, resolver: ScriptedResolver.Always("::1", "127.0.0.1")));

        using var response = await Sending.PostAsync(client, $"http://hooks.example.com:{server.Port}/");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Contains($"Host: hooks.example.com:{server.Port}", server.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_is_not_a_method_one_can_send()
    {
        await using var server = new RawServer();
        using var client = new HttpMessageInvoker(new GuardedHttpHandler(Private));
        using var request = new HttpRequestMessage(HttpMethod.Connect, $"http://127.0.0.1:{server.Port}/");

        var refusal = await Assert.ThrowsAsync<NetworkRefusedException>(
            () => client.SendAsync(request, TestContext.Current.CancellationToken));

        Assert.Equal(NetworkOutcome.MethodNotAllowed, refusal.Verdict.Outcome);
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task The_connect_timeout_ends_a_lookup_that_hangs()
    {
        var policy = new NetworkPolicy(new NetworkOptions { ConnectTimeout = TimeSpan.FromMilliseconds(50) });
        using var client = new HttpMessageInvoker(new GuardedHttpHandler(policy, resolver: new HangingResolver()));

        var failure = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Sending.PostAsync(client, "https://slow.example.com/"));

        Assert.IsType<TimeoutException>(failure.InnerException);
    }

    [Fact]
    public async Task The_handler_serves_synchronous_sends_too()
    {
        await using var server = await KestrelServer.StartAsync();
        using var client = new HttpMessageInvoker(new GuardedHttpHandler(Private));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{server.Port}/");
        using var refused = new HttpRequestMessage(HttpMethod.Get, "http://169.254.169.254/");

        using var response = client.Send(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Throws<NetworkRefusedException>(() => client.Send(refused, TestContext.Current.CancellationToken));
    }

    private sealed class HangingResolver : NetworkResolver
    {
        public override async ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(
            string host, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return [];
        }
    }
}
