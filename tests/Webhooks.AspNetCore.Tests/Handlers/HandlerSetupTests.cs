using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http.Json;

namespace Webhooks;

public class HandlerSetupTests
{
    [Fact]
    public async Task A_handler_from_the_services_runs_in_the_scope_of_the_request()
    {
        await using var shop = await Shop.OpenAsync(
            (on, _) => on.On<Order, OrderHandler>("invoice.*", OrderJson.Default.Order),
            builder => builder.Services.AddScoped<OrderHandler>());

        var status = await shop.TellOfAsync("invoice.paid");
        await shop.TellOfAsync("invoice.paid", order: 8);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["order 7 by handler 1", "order 8 by handler 1"], shop.Notes);
    }

    [Fact]
    public async Task Without_a_type_info_the_JSON_options_of_the_application_say_how_to_read_a_payload()
    {
        await using var shop = await Shop.OpenAsync(
            (on, notes) => on.On("invoice.paid", (WebhookEvent<Order> e, CancellationToken _) =>
            {
                notes.Enqueue($"{e.Payload.Id}");
                return Task.CompletedTask;
            }),
            builder => builder.Services.Configure<JsonOptions>(
                json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, OrderJson.Default)));

        await shop.TellOfAsync("invoice.paid");

        Assert.Equal(["7"], shop.Notes);
    }

    [Fact]
    public async Task An_exception_of_a_handler_passes_through_untouched_and_stops_those_after_it()
    {
        var thrown = new InvalidTimeZoneException("mine");
        await using var shop = await Shop.OpenAsync((on, notes) => on
            .On("*", (_, _) => throw thrown)
            .On("*", (_, _) =>
            {
                notes.Enqueue("ran");
                return Task.CompletedTask;
            }));

        var caught = await Assert.ThrowsAsync<InvalidTimeZoneException>(() => shop.TellOfAsync("invoice.paid"));

        Assert.Same(thrown, caught);
        Assert.Empty(shop.Notes);
    }

    [Fact]
    public async Task A_forgery_reaches_no_handler()
    {
        await using var shop = await Shop.OpenAsync((on, notes) => on.On("*", (_, _) =>
        {
            notes.Enqueue("ran");
            return Task.CompletedTask;
        }));
        using var guess = SigningSecret.Generate();

        var status = await shop.Receiver.StatusOfAsync(Some.Webhook(secret: guess));

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Empty(shop.Notes);
    }

    [Fact]
    public Task A_route_without_handlers_stops_the_start() =>
        RefusesToStartAsync(_ => { }, "app.MapWebhook(…, \"billing\") has no handlers.");

    [Fact]
    public Task A_handler_that_is_not_among_the_services_stops_the_start() => RefusesToStartAsync(
        on => on.On<Order, OrderHandler>("*", OrderJson.Default.Order), "services.AddScoped<OrderHandler>()");

    [Fact]
    public Task A_version_that_nobody_can_tell_stops_the_start() => RefusesToStartAsync(
        on => on.On("*", (_, _) => Task.CompletedTask, version: "2"), "nothing says where the version is");

    [Fact]
    public async Task A_route_of_an_unknown_source_stops_the_start()
    {
        var start = () => Receiver.StartAsync(map: (app, _) =>
            app.MapWebhook("/hook", "bill").On("*", (_, _) => Task.CompletedTask));

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(start);

        Assert.Contains("there is no such source", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("invoice*")]
    [InlineData("*.paid")]
    [InlineData("in*.paid")]
    public Task A_pattern_that_makes_no_sense_is_refused(string pattern) =>
        Assert.ThrowsAsync<FormatException>(() => Shop.OpenAsync((on, _) => on.On(pattern, (_, _) => Task.CompletedTask)));

    [Fact]
    public async Task No_handler_is_added_once_the_application_has_started()
    {
        WebhookHandlersBuilder? kept = null;
        await using var shop = await Shop.OpenAsync((on, _) => kept = on.On("*", (_, _) => Task.CompletedTask));

        Assert.Throws<InvalidOperationException>(() => kept!.On("late", (_, _) => Task.CompletedTask));
    }

    private static async Task RefusesToStartAsync(Action<WebhookHandlersBuilder> add, string message)
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Shop.OpenAsync((on, _) => add(on)));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    private sealed class OrderHandler(ConcurrentQueue<string> notes) : IWebhookHandler<Order>
    {
        private int _runs;

        public Task HandleAsync(WebhookEvent<Order> webhook, CancellationToken cancellationToken)
        {
            notes.Enqueue($"order {webhook.Payload.Id} by handler {++_runs}");
            return Task.CompletedTask;
        }
    }
}
