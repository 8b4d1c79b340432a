using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Webhooks;

public class PayloadTests
{
    [Fact]
    public async Task A_handler_gets_the_payload_and_what_is_known_of_the_webhook()
    {
        WebhookEvent<Order>? given = null;
        string? body = null;
        await using var shop = await Shop.OpenAsync((on, _) => on.On("invoice.paid", OrderJson.Default.Order, (e, _) =>
        {
            (given, body) = (e, Encoding.UTF8.GetString(e.Body.ToArray()));
            return Task.CompletedTask;
        }));

        await shop.TellAsync("""{"type":"invoice.paid","id":7,"note":"soon"}""", ("X-Shop", "acme"));

        Assert.NotNull(given);
        Assert.Equal(new Order(7, "soon"), given.Payload);
        Assert.Equal("""{"type":"invoice.paid","id":7,"note":"soon"}""", body);
        Assert.Equal(("billing", "invoice.paid", 1), (given.Source, given.EventType, given.Attempt));
        Assert.StartsWith("msg_", given.Id, StringComparison.Ordinal);
        Assert.Equal(The.Now, given.Timestamp);
        Assert.Null(given.Version);
        Assert.Equal("acme", given.Headers["x-shop"]);
        Assert.Equal("Webhook from billing", given.ToString());
    }

    [Fact]
    public async Task Handlers_get_no_header_that_proves_who_sent_the_webhook()
    {
        IReadOnlyDictionary<string, string>? headers = null;
        await using var shop = await Shop.OpenAsync(
            (on, _) => on.On("*", (e, _) =>
            {
                headers = e.Headers;
                return Task.CompletedTask;
            }),
            source: source =>
            {
                source.ApiKeyHeader = "X-Key";
                source.ApiKeys.Add("hidden");
            });

        await shop.TellAsync("{}", ("X-Key", "hidden"), ("Authorization", "Bearer hidden"), ("Cookie", "a=hidden"));

        Assert.NotNull(headers);
        Assert.DoesNotContain(headers, header => header.Value.Contains("hidden", StringComparison.Ordinal));
        Assert.DoesNotContain("webhook-signature", headers.Keys, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("webhook-id", headers.Keys, StringComparer.OrdinalIgnoreCase);
        Assert.Equal("application/json", headers["Content-Type"]);
    }

    [Theory]
    [InlineData("""{"type":"invoice.paid","id":"seven"}""")]
    [InlineData("""{"type":"invoice.paid","note":"no id"}""")]
    [InlineData("""{"type":"invoice.paid","id":7}trailing""")]
    [InlineData("""{"type":"invoice.paid","id":99999999999999999999}""")]
    [InlineData("""{"type":"invoice.paid","id":7""")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task A_payload_that_does_not_fit_is_answered_400_and_no_handler_runs(string body)
    {
        var ran = false;
        await using var shop = await Shop.OpenAsync((on, _) => on.On("*", OrderJson.Default.Order, (_, _) =>
        {
            ran = true;
            return Task.CompletedTask;
        }));

        var status = await shop.TellAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.False(ran);
    }

    [Fact]
    public async Task None_of_several_handlers_runs_when_the_payload_does_not_fit_one_of_them()
    {
        var ran = false;
        await using var shop = await Shop.OpenAsync((on, _) => on
            .On("*", OrderJson.Default.Order, (_, _) =>
            {
                ran = true;
                return Task.CompletedTask;
            })
            .On("*", OrderJson.Default.Parcel, (_, _) => Task.CompletedTask));

        var status = await shop.TellOfAsync("invoice.paid");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.False(ran);
    }

    [Fact]
    public async Task The_log_says_where_a_payload_is_wrong_and_nothing_that_the_sender_wrote()
    {
        await using var shop = await Shop.OpenAsync((on, _) => on.On("*", OrderJson.Default.Order, (_, _) => Task.CompletedTask));

        await shop.TellAsync("""{"type":"mine.is.secret","id":"whatever I wrote"}""");

        var record = Assert.Single(shop.Receiver.Logs.GetSnapshot(), record => record.Id.Id == 553);
        Assert.Equal(
            "A webhook from billing can't be handled: The payload isn't what the handler expects, at line 1, byte 49.",
            record.Message);
        Assert.DoesNotContain(shop.Receiver.LogTexts, text => text.Contains("I wrote", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"type":"invoice.paid","id":7,"id":8}""")]
    [InlineData("""{"type":"invoice.paid","id":7,"other":[{"a":{"b":1,"b":1}}]}""")]
    [InlineData("""{"type":"invoice.paid","id":7,"\u0069d":8}""")]
    [InlineData("""{"type":"order.placed","type":"invoice.paid","id":7}""")]
    [InlineData("""{"type":"invoice.paid","id":7,"other":{"\ud800":1}}""")]
    public async Task Properties_given_twice_are_refused_where_that_is_asked_for(string body)
    {
        await using var lenient = await Shop.OpenAsync((on, _) => on.On("invoice.paid", OrderJson.Default.Order, (_, _) => Task.CompletedTask));
        await using var strict = await Shop.OpenAsync((on, _) => on
            .RefuseDuplicateProperties()
            .On("invoice.paid", OrderJson.Default.Order, (_, _) => Task.CompletedTask));

        Assert.Equal(HttpStatusCode.OK, await lenient.TellAsync(body));
        Assert.Equal(HttpStatusCode.BadRequest, await strict.TellAsync(body));
    }

    [Fact]
    public async Task Where_properties_given_twice_are_refused_others_pass()
    {
        await using var shop = await Shop.OpenAsync((on, notes) => on
            .RefuseDuplicateProperties()
            .On("invoice.paid", OrderJson.Default.Order, (e, _) => NoteAsync(notes, $"{e.Payload.Id}")));

        var status = await shop.TellAsync("""{"type":"invoice.paid","id":7,"other":[{"id":1},{"id":2}]}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["7"], shop.Notes);
    }

    [Theory]
    [InlineData("data", """{"type":"invoice.paid","data":{"id":7}}""")]
    [InlineData("/data/object", """{"type":"invoice.paid","data":{"x":[{"object":1}],"object":{"id":7},"y":2},"z":3}""")]
    [InlineData("/a~1b/~0", """{"type":"invoice.paid","a/b":{"~":{"id":7}}}""")]
    [InlineData("data", """{"type":"invoice.paid","data":{"id":1},"data":{"id":7}}""")]
    [InlineData("/data/object", """{"type":"invoice.paid","data":{"object":{"id":1},"object":{"id":7}}}""")]
    public async Task The_payload_is_taken_out_of_its_envelope(string at, string body)
    {
        await using var shop = await Shop.OpenAsync((on, notes) => on
            .PayloadAt(at)
            .On("invoice.paid", OrderJson.Default.Order, (e, _) => NoteAsync(notes, $"{e.Payload.Id}")));

        var status = await shop.TellAsync(body);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["7"], shop.Notes);
    }

    [Theory]
    [InlineData("data", """{"type":"invoice.paid","id":7}""")]
    [InlineData("data", """{"type":"invoice.paid","data":null}""")]
    [InlineData("data", """{"type":"invoice.paid","data":[{"id":7}]}""")]
    [InlineData("data", """{"type":"invoice.paid","data":{"id":7}}trailing""")]
    [InlineData("data", """{"type":"invoice.paid","data":{"id":7}""")]
    [InlineData("/data/object", """{"type":"invoice.paid","data":7}""")]
    [InlineData("/data/object", """{"type":"invoice.paid","data":{}}""")]
    public async Task An_envelope_without_its_payload_is_answered_400(string at, string body)
    {
        await using var shop = await Shop.OpenAsync((on, _) => on
            .PayloadAt(at)
            .On("*", OrderJson.Default.Order, (_, _) => Task.CompletedTask));

        Assert.Equal(HttpStatusCode.BadRequest, await shop.TellAsync(body));
    }

    [Fact]
    public async Task A_body_in_many_pieces_is_read_like_one_in_a_single_piece()
    {
        await using var shop = await Shop.OpenAsync((on, notes) => on
            .PayloadAt("/data/object")
            .On("invoice.paid", OrderJson.Default.Order, (e, _) => NoteAsync(notes, $"{e.Payload.Id} {e.Payload.Note?.Length}")));
        var padding = new string('x', 100_000);

        await shop.TellAsync($$$"""{"pad":"{{{padding}}}","data":{"pad":"{{{padding}}}","object":{"id":7,"note":"{{{padding}}}"}},"type":"invoice.paid"}""");

        Assert.Equal(["7 100000"], shop.Notes);
    }

    [Fact]
    public async Task A_body_kept_beyond_its_handlers_can_not_be_read_any_more()
    {
        WebhookEvent? kept = null;
        await using var shop = await Shop.OpenAsync((on, _) => on.On("*", (e, _) =>
        {
            kept = e;
            return Task.CompletedTask;
        }));

        await shop.TellOfAsync("invoice.paid");

        Assert.Equal("invoice.paid", kept!.EventType);
        Assert.Throws<ObjectDisposedException>(() => kept.Body);
    }

    private static Task NoteAsync(ConcurrentQueue<string> notes, string note)
    {
        notes.Enqueue(note);
        return Task.CompletedTask;
    }
}
