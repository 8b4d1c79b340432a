using System.Security.Cryptography;

namespace Webhooks;

/// <summary>An application behind nginx, as it stands in front of most.</summary>
public sealed class ProxyTests
{
    private const string Client = "127.0.0.2";
    private const string Stranger = "127.0.0.3";
    private const int MiB = 1024 * 1024;

    public static TheoryData<string> SignersOfUrls { get; } =
        [.. WebhookProviders.All.Where(provider => provider.Scheme is { SignsUrl: true, Headers.Count: > 0 }).Select(provider => provider.Name)];

    [Theory]
    [MemberData(nameof(SignersOfUrls))]
    public async Task A_signed_url_is_known_by_its_forwarded_parts(string name)
    {
        var provider = new SimulatedProvider(WebhookProviders.Find(name)!);
        await using var receiver = await ProxiedReceiver.StartAsync((builder, _) =>
            builder.AddSource("hook", WebhookProviders.Find(name)!, provider.Secret).AddSource("office", AnyScheme));

        Assert.Equal(204, await SendAsync(receiver, provider, "/hook?a=%20b&c=d"));
        Assert.Equal(401, await SendAsync(receiver, provider, "/hook", signedPath: "/hook?a=b"));
    }

    [Theory]
    [MemberData(nameof(SignersOfUrls))]
    public async Task A_signed_url_whose_path_the_proxy_changes_is_known_by_the_public_one(string name)
    {
        var provider = new SimulatedProvider(WebhookProviders.Find(name)!);
        await using var receiver = await ProxiedReceiver.StartAsync((builder, address) => builder
            .AddSource("hook", WebhookProviders.Find(name)!, provider.Secret)
            .AddSource("hook", source => source.PublicUrl = new Uri(address, "/public").AbsoluteUri)
            .AddSource("office", AnyScheme));

        Assert.Equal(204, await SendAsync(receiver, provider, "/public/hook?a=%20b"));
        Assert.Equal(401, await SendAsync(receiver, provider, "/hook"));
    }

    [Theory]
    [InlineData(Client, null, 204)]
    [InlineData(Stranger, null, 403)]
    [InlineData(Stranger, Client, 403)]
    [InlineData(Client, Stranger, 204)]
    public async Task The_address_is_the_one_that_the_proxy_saw_and_not_one_that_was_claimed(string from, string? claimed, int expected)
    {
        var provider = new SimulatedProvider(WebhookProviders.StandardWebhooks);
        await using var receiver = await StartOfficeAsync(provider);
        using var client = receiver.ClientAt(from);
        using var request = SignedRequest.Create(provider, new Uri(receiver.Public, "/office"));
        if (claimed is not null)
            request.Headers.Add("X-Forwarded-For", claimed);

        Assert.Equal(expected, await StatusOfAsync(client, request));
    }

    [Theory]
    [InlineData(Client, 204)]
    [InlineData(Stranger, 403)]
    public async Task Who_goes_around_the_proxy_is_not_believed(string from, int expected)
    {
        var provider = new SimulatedProvider(WebhookProviders.StandardWebhooks);
        await using var receiver = await StartOfficeAsync(provider);
        using var client = receiver.ClientAt(from);
        using var request = SignedRequest.Create(provider, new Uri(receiver.Direct, "/office"));
        request.Headers.Add("X-Forwarded-For", from == Client ? Stranger : Client);

        Assert.Equal(expected, await StatusOfAsync(client, request));
    }

    [Theory]
    [InlineData("/hook", false)]
    [InlineData("/hook", true)]
    [InlineData("/stream/hook", false)]
    [InlineData("/stream/hook", true)]
    public async Task Large_bodies_pass_whole_and_too_large_ones_do_not(string path, bool chunked)
    {
        var provider = new SimulatedProvider(WebhookProviders.StandardWebhooks);
        await using var receiver = await ProxiedReceiver.StartAsync((builder, _) => builder
            .AddSource("hook", WebhookProviders.StandardWebhooks, provider.Secret)
            .AddSource("hook", source => source.MaxBodySize = 20 * MiB)
            .AddSource("office", AnyScheme));

        var large = await SendBodyAsync(receiver, provider, path, 20 * MiB, chunked);
        var tooLarge = await SendBodyAsync(receiver, provider, path, (20 * MiB) + 1, chunked);

        Assert.Equal(204, large);
        Assert.Equal(20 * MiB, Assert.Single(receiver.Accepted).Length);
        Assert.Equal(413, tooLarge);
    }

    [Theory]
    [InlineData("/hook")]
    [InlineData("/stream/hook")]
    public async Task Refused_bodies_leave_kept_connections_in_order(string path)
    {
        const int Rounds = 40;
        var provider = new SimulatedProvider(WebhookProviders.StandardWebhooks);
        var stranger = new SimulatedProvider(WebhookProviders.StandardWebhooks);
        await using var receiver = await ProxiedReceiver.StartAsync((builder, _) =>
            builder.AddSource("hook", WebhookProviders.StandardWebhooks, provider.Secret).AddSource("office", AnyScheme));
        using var client = receiver.ClientAt(Client);
        var url = new Uri(receiver.Public, path);

        for (var round = 1; round <= Rounds; round++)
        {
            using var unsigned = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(new byte[64 * 1024]) };
            using var forged = SignedRequest.Create(stranger, url, RandomNumberGenerator.GetBytes(64 * 1024));
            using var genuine = SignedRequest.Create(provider, url, RandomNumberGenerator.GetBytes(round));

            Assert.Equal(415, await StatusOfAsync(client, unsigned));
            Assert.Equal(401, await StatusOfAsync(client, forged));
            Assert.Equal(204, await StatusOfAsync(client, genuine));
        }

        Assert.Equal(Enumerable.Range(1, Rounds).Select(length => (long)length), receiver.Accepted.Select(webhook => webhook.Length));
        Assert.InRange(receiver.Accepted.Select(webhook => webhook.Connection).Distinct().Count(), 1, Rounds / 2);
    }

    private static void AnyScheme(WebhookSourceOptions source) => source.Secrets.Add(The.Secret);

    private static Task<ProxiedReceiver> StartOfficeAsync(SimulatedProvider provider) => ProxiedReceiver.StartAsync((builder, _) => builder
        .AddSource("hook", AnyScheme)
        .AddSource("office", WebhookProviders.StandardWebhooks, provider.Secret)
        .AddSource("office", source => source.AllowedNetworks.Add(Client)));

    private static async Task<int> SendAsync(ProxiedReceiver receiver, SimulatedProvider provider, string path, string? signedPath = null)
    {
        using var client = receiver.ClientAt(Client);
        using var request = SignedRequest.Create(provider, new Uri(receiver.Public, signedPath ?? path));
        request.RequestUri = new Uri(receiver.Public, path);
        return await StatusOfAsync(client, request);
    }

    private static async Task<int> SendBodyAsync(ProxiedReceiver receiver, SimulatedProvider provider, string path, int length, bool chunked)
    {
        using var client = receiver.ClientAt(Client);
        using var request = SignedRequest.Create(provider, new Uri(receiver.Public, path), new byte[length]);
        request.Headers.TransferEncodingChunked = chunked;
        return await StatusOfAsync(client, request);
    }

    private static async Task<int> StatusOfAsync(HttpClient client, HttpRequestMessage request)
    {
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }
}
