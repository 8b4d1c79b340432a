using System.Text;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>How much of a body is taken, and how long it may take, on the real server.</summary>
public class BodyLimitTests
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"type":"invoice.paid"}""");

    [Fact]
    public async Task A_body_that_takes_too_long_is_refused_however_steadily_it_drips()
    {
        await using var receiver = await StartWithTenSecondsAsync();
        using var connection = await receiver.ConnectAsync();

        await receiver.SendAndWaitForReaderAsync(connection, Some.Head(Body, $"Content-Length: {Body.Length}") + "{");
        await receiver.WaitForAlarmAsync();
        receiver.Time.Advance(TimeSpan.FromSeconds(9));
        await connection.SendAsync("\"");
        receiver.Time.Advance(TimeSpan.FromSeconds(2));
        var response = await connection.ReadResponseAsync();

        Assert.Equal(408, response.Status);
        Assert.Contains("Connection: close", response.Head, StringComparison.Ordinal);
        Assert.Empty(receiver.Handled);
        Assert.DoesNotContain(receiver.Logs.GetSnapshot(), record => record.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task A_time_limit_that_one_body_passed_does_not_cut_off_the_next()
    {
        await using var receiver = await StartWithTenSecondsAsync();
        using var slow = await receiver.ConnectAsync();
        await receiver.SendAndWaitForReaderAsync(slow, Some.Head(Body, $"Content-Length: {Body.Length}"));
        await receiver.WaitForAlarmAsync();
        receiver.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(408, await slow.ReadStatusAsync());

        for (var request = 0; request < 3; request++)
        {
            using var connection = await receiver.ConnectAsync();
            await receiver.SendAndWaitForReaderAsync(connection, Some.Head(Body, $"Content-Length: {Body.Length}"));
            receiver.Time.Advance(TimeSpan.FromSeconds(8));
            await connection.SendAsync(Body);
            Assert.Equal(204, await connection.ReadStatusAsync());
        }
    }

    [Fact]
    public async Task An_endless_chunked_body_ends_at_the_limit()
    {
        await using var receiver = await Receiver.OnKestrelAsync(source => source.MaxBodySize = 1000);
        using var connection = await receiver.ConnectAsync();
        await connection.SendAsync(Some.Head(Body, "Transfer-Encoding: chunked"));

        for (var chunk = 0; chunk < 11; chunk++)
            await connection.TrySendAsync($"64\r\n{new string('x', 100)}\r\n");

        Assert.Equal(413, await connection.ReadStatusAsync());
        Assert.Empty(receiver.Handled);
    }

    [Fact]
    public async Task A_length_over_the_limit_is_refused_before_a_byte_of_the_body_is_sent()
    {
        await using var receiver = await Receiver.OnKestrelAsync();
        using var connection = await receiver.ConnectAsync();

        await connection.SendAsync(Some.Head(Body, "Content-Length: 1048577", more: "Expect: 100-continue"));

        Assert.Equal(413, await connection.ReadStatusAsync());
    }

    [Theory]
    [InlineData(1000, 1000, 204)]
    [InlineData(1000, 1001, 413)]
    public async Task The_limit_holds_to_the_byte_when_chunks_are_of_one_byte(int limit, int size, int status)
    {
        await using var receiver = await Receiver.OnKestrelAsync(source => source.MaxBodySize = limit);
        using var connection = await receiver.ConnectAsync();
        var body = Some.Body(size);
        await connection.SendAsync(Some.Head(body, "Transfer-Encoding: chunked"));

        var chunks = body.SelectMany(item => Encoding.ASCII.GetBytes("1\r\n").Append(item).Concat(Encoding.ASCII.GetBytes("\r\n")));
        await connection.SendAsync(chunks.Concat(Encoding.ASCII.GetBytes("0\r\n\r\n")).ToArray());

        Assert.Equal(status, await connection.ReadStatusAsync());
    }

    [Theory]
    [InlineData("Content-Length: 1500")]
    [InlineData("Transfer-Encoding: chunked")]
    public async Task The_servers_own_lower_limit_gives_way_to_the_sources(string framing)
    {
        await using var receiver = await Receiver.OnKestrelAsync(
            source => source.MaxBodySize = 2000, kestrel: server => server.Limits.MaxRequestBodySize = 1000);
        using var connection = await receiver.ConnectAsync();
        var body = Some.Body(1500);

        await connection.SendAsync(Some.Head(body, framing) + (framing.EndsWith("chunked", StringComparison.Ordinal) ? "5dc\r\n" : ""));
        await connection.SendAsync(body);
        await connection.SendAsync(framing.EndsWith("chunked", StringComparison.Ordinal) ? "\r\n0\r\n\r\n" : "");

        Assert.Equal(204, await connection.ReadStatusAsync());
        Assert.Equal(body, Assert.Single(receiver.Handled));
    }

    // Without the server's own limit, which would end a slow body as well.
    private static Task<Receiver> StartWithTenSecondsAsync() => Receiver.OnKestrelAsync(
        source => source.BodyTimeout = TimeSpan.FromSeconds(10),
        kestrel: server => server.Limits.MinRequestBodyDataRate = null);
}
