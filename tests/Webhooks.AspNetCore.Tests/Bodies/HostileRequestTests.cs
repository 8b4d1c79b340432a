using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>What nobody sends who means well: raw bytes against the real server, and bodies that are traps for whoever
/// parses them. Each has its answer in time, and none harms who comes next.</summary>
public class HostileRequestTests
{
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(20);
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"type":"invoice.paid"}""");

    public static TheoryData<string, string> Framings => new()
    {
        { "Content-Length: 23\r\nContent-Length: 5", "" },
        { "Content-Length: 23, 23", "" },
        { "Content-Length: +23", "" },
        { "Content-Length: 0x17", "" },
        { "Content-Length: 99999999999999999999", "" },
        { "Content-Length: 9223372036854775807", "" },
        { "Content-Length : 23", "" },
        { "Content-Length: 23\r\n folded: 1", "" },
        { "X-Nul: a\0b\r\nContent-Length: 23", "" },
        { "Transfer-Encoding: chunked\r\nContent-Length: 5", "17\r\n{\"type\":\"invoice.paid\"}\r\n0\r\n\r\n" },
        { "Content-Length: 5\r\nTransfer-Encoding: chunked", "17\r\n{\"type\":\"invoice.paid\"}\r\n0\r\n\r\n" },
        { "Transfer-Encoding: chunked, identity", "0\r\n\r\n" },
        { "Transfer-Encoding: gzip, chunked", "0\r\n\r\n" },
        { "Transfer-Encoding: xchunked", "0\r\n\r\n" },
        { "Transfer-Encoding: chunked", "-1\r\n" },
        { "Transfer-Encoding: chunked", "7FFFFFFF\r\nab" },
        { "Content-Encoding: gzip\r\nContent-Length: 23", "" },
        { "Content-Encoding: identity, gzip\r\nContent-Length: 23", "" },
        { "Content-Type: text/plain\r\nContent-Length: 23", "" },
    };

    public static TheoryData<string> Traps => new(TrapBodies.Keys);

    private static Dictionary<string, byte[]> TrapBodies { get; } = new()
    {
        ["nothing"] = [],
        ["duplicate names"] = Encoding.UTF8.GetBytes("""{"type":"a","type":"b","id":"1","id":"2","signature":{},"signature":{}}"""),
        ["depth"] = Encoding.UTF8.GetBytes(new string('[', 100_000)),
        ["depth of objects"] = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"value\":", 50_000))),
        ["a long number"] = Encoding.UTF8.GetBytes($$"""{"timestamp":{{new string('9', 100_000)}},"type":"a"}"""),
        ["a large number"] = Encoding.UTF8.GetBytes("""{"timestamp":1e999999999,"webhookTimestamp":-1e999,"type":1e5}"""),
        ["half a character"] = Encoding.UTF8.GetBytes("""{"type":"\ud800","id":"\udfff","\ud800":1}"""),
        ["no utf-8"] = [.. "{\"type\":\""u8, 0xFF, 0xC0, 0x80, .. "\"}"u8],
        ["utf-16"] = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("""{"type":"a"}""")],
        ["zeros"] = new byte[50_000],
        ["a form of many names"] = Encoding.UTF8.GetBytes(string.Join('&', Enumerable.Range(0, 10_000).Select(index => $"a{index}=%ZZ&a=%00"))),
    };

    [Theory]
    [MemberData(nameof(Framings))]
    public async Task Hostile_framing_is_refused_in_time_and_the_next_request_is_served(string framing, string sent)
    {
        await using var receiver = await Receiver.OnKestrelAsync();
        using var connection = await receiver.ConnectAsync();

        await connection.TrySendAsync(Some.Head([1], framing) + sent);
        if (sent.Length == 0)
            await connection.TrySendAsync(Body);
        var status = await connection.ReadStatusAsync().WaitAsync(InTime, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.InRange(status, 400, 499);
        Assert.Empty(receiver.Handled);
        Assert.Equal(HttpStatusCode.NoContent, await receiver.StatusOfAsync(Some.Webhook(Body)));
        Assert.DoesNotContain(receiver.Logs.GetSnapshot(), record => record.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task A_chunk_longer_than_numbers_go_ends_the_connection()
    {
        await using var receiver = await Receiver.OnKestrelAsync();
        using var connection = await receiver.ConnectAsync();

        await connection.TrySendAsync(Some.Head([1], "Transfer-Encoding: chunked") + "FFFFFFFFFFFFFFFFF\r\n");
        var status = await connection.ReadStatusAsync().WaitAsync(InTime, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Contains(status, new[] { 0, 400 });
        Assert.Empty(receiver.Handled);
        Assert.DoesNotContain(receiver.Logs.GetSnapshot(), record => record.Level >= LogLevel.Error);
    }

    [Theory]
    [InlineData(200, 10)]
    [InlineData(1, 40_000)]
    public async Task Too_many_headers_or_too_long_ones_are_refused(int count, int length)
    {
        await using var receiver = await Receiver.OnKestrelAsync();
        using var connection = await receiver.ConnectAsync();
        var headers = Enumerable.Range(0, count).Select(index => $"X-{index}: {new string('a', length)}").ToArray();

        await connection.TrySendAsync(Some.Head(Body, "Content-Length: 23", "/hook", headers));
        var status = await connection.ReadStatusAsync().WaitAsync(InTime, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.InRange(status, 400, 499);
        Assert.Empty(receiver.Handled);
    }

    /// <summary>Signed by the provider's own key, so that they reach as far as bodies can.</summary>
    [Theory]
    [MemberData(nameof(Traps))]
    public async Task A_body_that_is_a_trap_harms_no_provider_s_verification(string trap)
    {
        var providers = WebhookProviders.All.Where(provider => provider.Scheme?.Name is not ("sns" or "sns-v1" or "paypal"))
            .ToDictionary(provider => provider.Name, provider => new SimulatedProvider(provider));
        await using var receiver = await StartAsync(providers);

        foreach (var (name, provider) in providers)
        {
            var signed = await SendAsync(receiver, name, provider, TrapBodies[trap], provider.SigningKey);
            var forged = await SendAsync(receiver, name, provider, TrapBodies[trap], new SimulatedProvider(WebhookProviders.Find(name)!).SigningKey);

            Assert.True(signed is >= 200 and < 500, $"{name} answered {signed}");
            Assert.True(forged is >= 400 and < 500 || provider.Query.Length > 0, $"{name} answered {forged} to a forgery");
        }

        Assert.DoesNotContain(receiver.Logs.GetSnapshot(), record => record.Level >= LogLevel.Error);
    }

    private static Task<Receiver> StartAsync(Dictionary<string, SimulatedProvider> providers) => Receiver.OnKestrelAsync(
        map: (app, handler) =>
        {
            app.UseWebhookVerification();
            foreach (var name in providers.Keys)
                app.MapPost("/" + name, handler.ReadStreamAsync).RequireWebhookVerification(name);
        },
        sources: builder =>
        {
            builder.AddSchemes(Ed25519SignatureSchemes.All);
            foreach (var (name, provider) in providers)
                builder.AddSource(name, WebhookProviders.Find(name)!, provider.Secret);
        });

    private static async Task<int> SendAsync(
        Receiver receiver, string name, SimulatedProvider provider, byte[] body, SigningSecret key)
    {
        var path = $"/{name}{provider.Query}";
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(provider.ContentType);
        foreach (var (header, value) in Sign(body, key, provider.Scheme, new Uri(receiver.Address, path).ToString()))
            request.With(header, value);
        using var response = await receiver.SendAsync(request).WaitAsync(InTime, TimeProvider.System, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    private static List<KeyValuePair<string, string>> Sign(byte[] body, SigningSecret key, SignatureScheme scheme, string url)
    {
        try
        {
            return Some.Signature(body, key, scheme, url: url);
        }
        catch (InvalidOperationException)
        {
            return []; // the proof would have to be in the body, and the trap has none
        }
    }
}
