using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;

namespace Webhooks;

public class HandlerChoiceTests
{
    [Theory]
    [InlineData("invoice.paid", "invoice.paid")]
    [InlineData("invoice.item.added", "invoice.item.*")]
    [InlineData("invoice.item", "invoice.*")]
    [InlineData("invoice.paid.late", "invoice.*")]
    [InlineData("invoice", "*")]
    [InlineData("Invoice.paid", "*")]
    [InlineData("invoices.paid", "*")]
    [InlineData("Push Hook", "Push Hook")]
    [InlineData("Push hook", "*")]
    public async Task The_most_specific_pattern_wins(string eventType, string wanted)
    {
        await using var shop = await Shop.OpenAsync((on, notes) =>
        {
            foreach (var pattern in new[] { "*", "invoice.*", "invoice.item.*", "invoice.paid", "Push Hook" })
                on.On(pattern, OrderJson.Default.Order, (_, _) => Note(notes, pattern));
        });

        var status = await shop.TellOfAsync(eventType);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal([wanted], shop.Notes);
    }

    [Fact]
    public async Task Handlers_of_one_pattern_run_one_after_the_other_in_the_order_they_were_added()
    {
        await using var shop = await Shop.OpenAsync((on, notes) => on
            .On("invoice.paid", OrderJson.Default.Order, async (_, _) =>
            {
                notes.Enqueue("first begins");
                await Task.Yield();
                notes.Enqueue("first ends");
            })
            .On("invoice.paid", OrderJson.Default.Order, (e, _) => Note(notes, $"second has {e.Payload.Id}"))
            .On("invoice.paid", (_, _) => Note(notes, "third")));

        await shop.TellOfAsync("invoice.paid");

        Assert.Equal(["first begins", "first ends", "second has 7", "third"], shop.Notes);
    }

    [Fact]
    public async Task Patterns_do_not_add_up()
    {
        await using var shop = await Shop.OpenAsync((on, notes) => on
            .On("invoice.paid", (_, _) => Note(notes, "exact"))
            .On("invoice.*", (_, _) => Note(notes, "pattern"))
            .OnFallback((_, _) => Note(notes, "fallback")));

        await shop.TellOfAsync("invoice.paid");

        Assert.Equal(["exact"], shop.Notes);
    }

    [Theory]
    [InlineData("""{"id":7}""")]
    [InlineData("not JSON")]
    public async Task A_webhook_without_an_event_type_is_for_the_handlers_of_all(string body)
    {
        await using var shop = await Shop.OpenAsync((on, notes) => on
            .On("invoice.*", (_, _) => Note(notes, "some"))
            .On("*", (e, _) => Note(notes, $"all: {e.EventType ?? "none"}")));

        var status = await shop.TellAsync(body);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["all: none"], shop.Notes);
    }

    [Theory]
    [InlineData(UnknownEventType.Acknowledge, HttpStatusCode.OK)]
    [InlineData(UnknownEventType.Reject, HttpStatusCode.UnprocessableEntity)]
    public async Task An_unknown_type_is_acknowledged_or_rejected(UnknownEventType unknown, HttpStatusCode expected)
    {
        await using var shop = await Shop.OpenAsync((on, notes) => on
            .On("invoice.paid", (_, _) => Note(notes, "ran"))
            .OnUnknown(unknown));

        var status = await shop.TellOfAsync("order.placed");

        Assert.Equal(expected, status);
        Assert.Empty(shop.Notes);
    }

    [Fact]
    public async Task A_rejection_says_the_status_that_it_has()
    {
        await using var shop = await Shop.OpenAsync((on, notes) => on
            .On("invoice.paid", (_, _) => Note(notes, "ran"))
            .OnUnknown(UnknownEventType.Reject));

        using var response = await shop.Receiver.SendAsync(Some.Webhook("""{"type":"order.placed"}"""u8.ToArray()));

        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(422, JsonElement.Parse(text).GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Unless_told_otherwise_an_unknown_type_is_acknowledged()
    {
        await using var shop = await Shop.OpenAsync((on, notes) => on.On("invoice.paid", (_, _) => Note(notes, "ran")));

        var status = await shop.TellOfAsync("order.placed");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Empty(shop.Notes);
    }

    [Fact]
    public async Task The_fallback_takes_what_no_handler_wants_even_where_that_is_rejected()
    {
        await using var shop = await Shop.OpenAsync((on, notes) => on
            .On("invoice.paid", (_, _) => Note(notes, "handler"))
            .OnFallback((e, _) => Note(notes, $"fallback: {e.EventType}, {e.Body.Length} bytes"))
            .OnUnknown(UnknownEventType.Reject));

        var status = await shop.TellAsync("""{"type":"order.placed"}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["fallback: order.placed, 23 bytes"], shop.Notes);
    }

    [Theory]
    [InlineData("2", "two")]
    [InlineData("1", "any")]
    [InlineData(null, "any")]
    public async Task A_version_goes_to_its_own_handler_and_others_to_the_one_for_any(string? version, string wanted)
    {
        await using var shop = await Shop.OpenAsync((on, notes) => on
            .VersionFromHeader("X-Version")
            .On("invoice.paid", OrderJson.Default.Order, (e, _) => Note(notes, $"any {e.Version}"))
            .On("invoice.paid", OrderJson.Default.Order, (e, _) => Note(notes, $"two {e.Version}"), version: "2"));

        (string, string)[] headers = version is null ? [] : [("X-Version", version)];
        await shop.TellAsync("""{"type":"invoice.paid","id":7}""", headers);

        Assert.Equal([$"{wanted} {version}"], shop.Notes);
    }

    [Theory]
    [InlineData("api_version", """{"type":"invoice.paid","api_version":"2"}""")]
    [InlineData("/meta/version", """{"type":"invoice.paid","meta":{"version":2}}""")]
    public async Task A_version_is_found_in_the_body(string property, string body)
    {
        await using var shop = await Shop.OpenAsync((on, notes) => on
            .VersionFromProperty(property)
            .On("invoice.paid", (e, _) => Note(notes, $"two {e.Version}"), version: "2"));

        await shop.TellAsync(body);

        Assert.Equal(["two 2"], shop.Notes);
    }

    [Fact]
    public async Task A_version_that_no_handler_of_the_type_wants_goes_on_to_the_next_pattern()
    {
        await using var shop = await Shop.OpenAsync((on, notes) => on
            .VersionFromHeader("X-Version")
            .On("invoice.paid", (_, _) => Note(notes, "two"), version: "2")
            .On("invoice.*", (_, _) => Note(notes, "pattern")));

        await shop.TellAsync("""{"type":"invoice.paid"}""", ("X-Version", "3"));

        Assert.Equal(["pattern"], shop.Notes);
    }

    [Fact]
    public async Task Two_routes_of_one_source_share_their_handlers()
    {
        var notes = new ConcurrentQueue<string>();
        await using var receiver = await Receiver.StartAsync(map: (app, _) =>
        {
            app.UseWebhookVerification();
            app.MapWebhook("/old", "billing").On("invoice.paid", (_, _) => Note(notes, "ran"));
            app.MapWebhook("/new/{tenant}", "BILLING");
        });

        await receiver.StatusOfAsync(Some.Webhook(path: "/old"));
        await receiver.StatusOfAsync(Some.Webhook(path: "/new/acme"));

        Assert.Equal(["ran", "ran"], notes);
    }

    private static Task Note(ConcurrentQueue<string> notes, string note)
    {
        notes.Enqueue(note);
        return Task.CompletedTask;
    }
}
