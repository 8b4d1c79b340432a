using System.Text;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Requests that no decent client sends, on the real server.</summary>
public class MalformedRequestTests
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"type":"invoice.paid"}""");

    [Theory]
    [InlineData("Content-Length: 23", "{\"type\"")]
    [InlineData("Transfer-Encoding: chunked", "17\r\n{\"type\"")]
    public async Task A_body_that_breaks_off_is_refused_or_left_without_an_answer(string framing, string sent)
    {
        await using var receiver = await Receiver.OnKestrelAsync();
        using var connection = await receiver.ConnectAsync();

        await receiver.SendAndWaitForReaderAsync(connection, Some.Head(Body, framing) + sent);
        connection.FinishSending();

        Assert.Contains(await connection.ReadStatusAsync(), new[] { 0, 400 });
        Assert.Empty(receiver.Handled);
        Assert.DoesNotContain(receiver.Logs.GetSnapshot(), record => record.Level >= LogLevel.Error);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked", "nonsense\r\n")]
    [InlineData("Transfer-Encoding: chunked", "17\r\n{\"type\":\"invoice.paid\"}??0\r\n\r\n")]
    [InlineData("Content-Length: 23\r\nContent-Length: 24", "")]
    [InlineData("Content-Length: -1", "")]
    public async Task A_body_that_breaks_the_rules_is_a_bad_request(string framing, string sent)
    {
        await using var receiver = await Receiver.OnKestrelAsync();
        using var connection = await receiver.ConnectAsync();

        await connection.SendAsync(Some.Head(Body, framing) + sent);

        Assert.Equal(400, await connection.ReadStatusAsync());
        Assert.Empty(receiver.Handled);
        Assert.DoesNotContain(receiver.Logs.GetSnapshot(), record => record.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task Of_both_a_length_and_chunks_the_chunks_are_what_is_verified_and_read()
    {
        await using var receiver = await Receiver.OnKestrelAsync();
        using var connection = await receiver.ConnectAsync();

        await connection.SendAsync(Some.Head(Body, "Transfer-Encoding: chunked", more: "Content-Length: 5"));
        await connection.SendAsync("17;extension=1\r\n" + Encoding.UTF8.GetString(Body) + "\r\n0\r\nTrailer: 1\r\n\r\n");
        var status = await connection.ReadStatusAsync();

        Assert.Equal(204, status);
        Assert.Equal(Body, Assert.Single(receiver.Handled));
    }

    [Theory]
    [InlineData("webhook-id")]
    [InlineData("webhook-timestamp")]
    [InlineData("webhook-signature")]
    public async Task A_doubled_header_is_refused_even_when_both_lines_agree(string name)
    {
        await using var receiver = await Receiver.OnKestrelAsync();
        using var connection = await receiver.ConnectAsync();
        var head = Some.Head(Body, $"Content-Length: {Body.Length}");
        var start = head.IndexOf(name, StringComparison.Ordinal);
        var line = head[start..(head.IndexOf('\n', start) + 1)];

        await connection.SendAsync(head.Insert(start, line));
        await connection.SendAsync(Body);

        Assert.Equal(401, await connection.ReadStatusAsync());
        Assert.Empty(receiver.Handled);
    }

    [Fact]
    public async Task Header_lines_that_end_in_a_bare_line_feed_verify_as_the_server_reads_them()
    {
        await using var receiver = await Receiver.OnKestrelAsync();
        using var connection = await receiver.ConnectAsync();
        var head = Some.Head(Body, $"Content-Length: {Body.Length}");

        await connection.SendAsync(head.Replace("\r\nwebhook-id", "\nwebhook-id", StringComparison.Ordinal));
        await connection.SendAsync(Body);
        var status = await connection.ReadStatusAsync();

        Assert.Equal(204, status);
        Assert.Equal(Body, Assert.Single(receiver.Handled));
    }

    [Fact]
    public async Task Slow_headers_never_reach_the_application()
    {
        await using var receiver = await Receiver.OnKestrelAsync(
            kestrel: server => server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(1));
        using var connection = await receiver.ConnectAsync();

        await connection.SendAsync("POST /hook HTTP/1.1\r\nHost: localhost\r\nwebhook-");

        Assert.Equal(408, await connection.ReadStatusAsync());
        Assert.Empty(receiver.Handled);
    }
}
