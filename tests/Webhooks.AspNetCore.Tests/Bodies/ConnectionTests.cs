using System.Text;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>What clients do to connections, well or badly, on the real server.</summary>
public class ConnectionTests
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"type":"invoice.paid"}""");

    [Theory]
    [InlineData(20)]
    [InlineData(200_000)]
    public async Task A_connection_serves_the_next_request_when_a_handler_left_the_body_unread(int size)
    {
        await using var receiver = await Receiver.OnKestrelAsync(map: (app, handler) =>
        {
            app.UseWebhookVerification();
            app.MapPost("/hook", () => handler.Note([])).RequireWebhookVerification("billing");
        });
        using var connection = await receiver.ConnectAsync();
        var body = Some.Body(size);

        for (var request = 0; request < 3; request++)
        {
            await connection.SendAsync(Some.Head(body, $"Content-Length: {size}"));
            await connection.SendAsync(body);
            Assert.Equal(200, await connection.ReadStatusAsync());
            await connection.SendAsync(Some.Head(body, "Transfer-Encoding: chunked") + $"{size:x}\r\n");
            await connection.SendAsync(body);
            await connection.SendAsync("\r\n0\r\n\r\n");
            Assert.Equal(200, await connection.ReadStatusAsync());
        }

        Assert.Equal(6, receiver.Handled.Count);
    }

    [Fact]
    public async Task A_connection_serves_the_next_request_after_a_forged_one()
    {
        await using var receiver = await Receiver.OnKestrelAsync();
        using var connection = await receiver.ConnectAsync();

        await connection.SendAsync(Some.Head(Body, $"Content-Length: {Body.Length}") + new string('x', Body.Length));
        var forged = await connection.ReadStatusAsync();
        await connection.SendAsync(Some.Head(Body, $"Content-Length: {Body.Length}"));
        await connection.SendAsync(Body);

        Assert.Equal(401, forged);
        Assert.Equal(204, await connection.ReadStatusAsync());
        Assert.Equal(Body, Assert.Single(receiver.Handled));
    }

    [Fact]
    public async Task Two_requests_sent_at_once_are_both_served()
    {
        await using var receiver = await Receiver.OnKestrelAsync();
        using var connection = await receiver.ConnectAsync();
        var request = Some.Head(Body, $"Content-Length: {Body.Length}") + Encoding.UTF8.GetString(Body);

        await connection.SendAsync(request + request);

        Assert.Equal((204, 204), (await connection.ReadStatusAsync(), await connection.ReadStatusAsync()));
        Assert.All(receiver.Handled, body => Assert.Equal(Body, body));
    }

    [Fact]
    public async Task A_body_that_takes_too_long_is_refused_however_steadily_it_drips()
    {
        await using var receiver = await Receiver.OnKestrelAsync(source => source.BodyTimeout = TimeSpan.FromSeconds(10));
        using var connection = await receiver.ConnectAsync();

        await receiver.SendAndWaitForReaderAsync(connection, Some.Head(Body, $"Content-Length: {Body.Length}") + "{");
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
        await using var receiver = await Receiver.OnKestrelAsync(source => source.BodyTimeout = TimeSpan.FromSeconds(10));
        using var slow = await receiver.ConnectAsync();
        await receiver.SendAndWaitForReaderAsync(slow, Some.Head(Body, $"Content-Length: {Body.Length}"));
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

    [Fact]
    public async Task A_client_that_waits_for_100_gets_it_only_when_its_headers_are_worth_a_body()
    {
        await using var receiver = await Receiver.OnKestrelAsync();
        using var connection = await receiver.ConnectAsync();
        var head = Some.Head(Body, $"Content-Length: {Body.Length}", more: "Expect: 100-continue");

        await connection.SendAsync(head);
        var interim = await connection.ReadStatusAsync();
        await connection.SendAsync(Body);
        var final = await connection.ReadStatusAsync();
        using var stale = await receiver.ConnectAsync();
        await stale.SendAsync(head.Replace("webhook-timestamp: 16", "webhook-timestamp: 15", StringComparison.Ordinal));
        var refused = await stale.ReadStatusAsync();

        Assert.Equal((100, 204, 401), (interim, final, refused));
    }

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

    [Fact]
    public async Task A_client_that_goes_away_amid_its_body_is_no_error_and_frees_the_server_for_others()
    {
        await using var receiver = await Receiver.OnKestrelAsync();
        using var connection = await receiver.ConnectAsync();
        await receiver.SendAndWaitForReaderAsync(connection, Some.Head(Body, $"Content-Length: {Body.Length}") + "{");

        connection.Reset();
        await receiver.WaitForLogAsync(502);

        Assert.DoesNotContain(receiver.Logs.GetSnapshot(), record => record.Level >= LogLevel.Warning);
        Assert.Equal(System.Net.HttpStatusCode.NoContent, await receiver.StatusOfAsync(Some.Webhook()));
        Assert.Single(receiver.Handled);
    }
}
