using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Webhooks;

public partial class VerifiedWebhookTests
{
    [Fact]
    public async Task A_handler_gets_all_that_is_known_of_the_webhook()
    {
        var body = Encoding.UTF8.GetBytes("""{"type":"invoice.paid","data":{"number":7}}""");
        var request = Some.Webhook(body);
        var id = request.Headers.GetValues("webhook-id").Single();

        var seen = await SeeAsync(request, webhook => (
            webhook.Source, webhook.Id, webhook.EventType, webhook.Timestamp,
            Bytes: webhook.Body.ToArray(), Copy: webhook.ToArray(), Payload: webhook.ReadPayload(Json.Default.Invoice)));

        Assert.Equal(("billing", id, "invoice.paid", The.Now), (seen.Source, seen.Id, seen.EventType, seen.Timestamp));
        Assert.Equal(body, seen.Bytes);
        Assert.Equal(body, seen.Copy);
        Assert.Equal(7, seen.Payload!.Data.Number);
    }

    [Fact]
    public async Task Id_and_event_type_come_from_headers_where_the_scheme_has_them_there()
    {
        var secret = SignatureSchemes.GitHub.ParseSecret("text");
        var request = Some.Webhook(Encoding.UTF8.GetBytes("not json"), secret: secret, scheme: SignatureSchemes.GitHub);
        var id = request.Headers.GetValues("X-GitHub-Delivery").Single();

        var seen = await SeeAsync(
            request, webhook => (webhook.Id, webhook.EventType, webhook.Timestamp), SignatureSchemes.GitHub, "text");

        Assert.Equal((id, "invoice.paid", null), seen);
    }

    public static TheoryData<string, string?, string?> Bodies => new()
    {
        { """{"id":"evt_1","type":"a.b"}""", "evt_1", "a.b" },
        { """{"data":{"id":"x","type":"y"},"type":"a.b","list":[{"id":"z"}],"id":"evt_1"}""", "evt_1", "a.b" },
        { """{"id":"evt_1","id":"evt_2","type":"a","type":null}""", "evt_2", null },
        { """{"i\u0064":"evt_1","type":"\u0061"}""", "evt_1", "a" },
        { """{"id":7,"type":{"id":"x"}}""", "7", null },
        { """{"id":"evt_1","type":"a.b"} trailing""", null, null },
        { """{"id":"evt_1","type":"a.b""", null, null },
        { """["id","evt_1"]""", null, null },
        { "\"id\"", null, null },
        { "", null, null },
        { "id=evt_1", null, null },
        { "{\"id\":\"\u00ff\",\"type\":\"a\"}", "\u00ff", "a" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Id_and_event_type_come_from_the_body_where_the_scheme_has_them_there(
        string body, string? id, string? eventType)
    {
        var secret = SignatureSchemes.Stripe.ParseSecret("text");
        var request = Some.Webhook(Encoding.UTF8.GetBytes(body), secret: secret, scheme: SignatureSchemes.Stripe);

        var seen = await SeeAsync(request, webhook => (webhook.Id, webhook.EventType), SignatureSchemes.Stripe, "text");

        Assert.Equal((id, eventType), seen);
    }

    [Fact]
    public async Task A_body_in_many_pieces_is_searched_and_read_like_one()
    {
        var padding = new string('x', 200_000);
        var body = Encoding.UTF8.GetBytes($$"""{"padding":"{{padding}}","data":{"number":9},"type":"late.type"}""");

        var seen = await SeeAsync(Some.Webhook(body), webhook =>
            (webhook.EventType, webhook.ReadPayload(Json.Default.Invoice)!.Data.Number, webhook.Body.IsSingleSegment));

        Assert.Equal(("late.type", 9, false), seen);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"data\":{\"number\":\"seven\"}}")]
    [InlineData("{\"data\":{\"number\":7}} {}")]
    [InlineData("")]
    public async Task A_payload_that_is_not_of_the_type_is_a_bad_request(string body)
    {
        await using var receiver = await Receiver.OnKestrelAsync(map: (app, handler) =>
        {
            app.UseWebhookVerification();
            app.MapPost("/hook", (VerifiedWebhook webhook) =>
            {
                webhook.ReadPayload(Json.Default.Invoice);
                handler.Note([]);
            }).RequireWebhookVerification("billing");
        });

        Assert.Equal(HttpStatusCode.BadRequest, await receiver.StatusOfAsync(Some.Webhook(Encoding.UTF8.GetBytes(body))));
        Assert.Empty(receiver.Handled);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_the_request_has_ended_the_body_can_not_be_read_any_more(bool kestrel)
    {
        VerifiedWebhook? kept = null;
        Stream? stream = null;
        void Map(WebApplication app, Receiver.Handler handler)
        {
            app.UseWebhookVerification();
            app.MapPost("/hook", (VerifiedWebhook webhook, HttpContext context) =>
            {
                (kept, stream) = (webhook, context.Request.Body);
                return Results.Ok();
            }).RequireWebhookVerification("billing");
        }

        await using var receiver = kestrel ? await Receiver.OnKestrelAsync(map: Map) : await Receiver.StartAsync(map: Map);
        Assert.Equal(HttpStatusCode.OK, await receiver.StatusOfAsync(Some.Webhook()));

        Assert.Throws<ObjectDisposedException>(() => kept!.Body);
        Assert.Throws<ObjectDisposedException>(() => kept!.ToArray());
        Assert.Throws<ObjectDisposedException>(() => kept!.EventType);
        Assert.Throws<ObjectDisposedException>(() => kept!.ReadPayload(Json.Default.Invoice));
        Assert.Throws<ObjectDisposedException>(() => stream!.ReadByte());
        Assert.Throws<ObjectDisposedException>(() => stream!.Position = 0);
        Assert.Throws<ObjectDisposedException>(() => stream!.Length);
        Assert.Equal((false, false), (stream!.CanRead, stream.CanSeek));
        Assert.StartsWith("msg_", kept!.Id, StringComparison.Ordinal);
    }

    private static async Task<T> SeeAsync<T>(
        HttpRequestMessage request, Func<VerifiedWebhook, T> see, SignatureScheme? scheme = null, string? secret = null)
    {
        T? seen = default;
        await using var receiver = await Receiver.OnKestrelAsync(
            sources: builder => builder.AddSource(
                "billing", scheme ?? SignatureSchemes.StandardWebhooks, secret ?? The.SecretText),
            map: (app, handler) =>
            {
                app.UseWebhookVerification();
                app.MapPost("/hook", (VerifiedWebhook webhook) => { seen = see(webhook); }).RequireWebhookVerification("billing");
            });
        Assert.Equal(HttpStatusCode.OK, await receiver.StatusOfAsync(request));
        return seen!;
    }

    internal sealed record Invoice(InvoiceData Data);

    internal sealed record InvoiceData(int Number);

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict)]
    [JsonSerializable(typeof(Invoice))]
    internal sealed partial class Json : JsonSerializerContext;
}
