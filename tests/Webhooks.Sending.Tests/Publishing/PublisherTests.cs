using Microsoft.Extensions.Logging;

namespace Webhooks.Tests.Publishing;

/// <summary>One publisher after the other: what is stored and what is said of it.</summary>
public sealed class PublisherTests : IDisposable
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private readonly PublishHost _host = new(build: builder => builder.ConfigureDelivery(options => options.MaxPayloadBytes = 100));

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task A_message_is_stored_with_a_delivery_for_each_endpoint_that_wants_it()
    {
        await CreateAsync(endpoint => endpoint with { EventTypes = ["invoice.paid"] });
        await CreateAsync(endpoint => endpoint with { EventTypes = ["invoice.*", "order.*"] });
        await CreateAsync(endpoint => endpoint with { EventTypes = ["order.*"] });
        await CreateAsync(endpoint => endpoint with { Tenant = "acme" });
        var message = Some.Message("invoice.paid") with { Headers = new Dictionary<string, string> { ["X-A"] = "1" } };

        var result = await _host.Publisher.PublishAsync(message, Cancel);

        Assert.Equal(new PublishResult(message.Id, 2, IsDuplicate: false), result);
        Assert.Equal([1, 2], (await _host.DeliveriesAsync()).Select(delivery => delivery.EndpointNumber));
        var stored = MessageRecords.ToMessage(Assert.Single(await _host.MessagesAsync()));
        Assert.Equal(message.Id, stored.Id);
        Assert.Equal(message.Payload.ToArray(), stored.Payload.ToArray());
        Assert.Equal("1", stored.Headers["X-A"]);
    }

    [Fact]
    public async Task A_message_that_no_endpoint_wants_is_stored_and_says_so()
    {
        var message = Some.Message();

        var result = await _host.Publisher.PublishAsync(message, Cancel);

        Assert.Equal(new PublishResult(message.Id, 0, IsDuplicate: false), result);
        Assert.Equal(message.Id.Value, Assert.Single(await _host.MessagesAsync()).Id);
        Assert.Contains(Logged(372, LogLevel.Debug), text => text.Contains(message.Id.Value, StringComparison.Ordinal));
        Assert.False(_host.Signal.TryTake());
    }

    [Fact]
    public async Task The_same_message_again_stores_nothing_and_says_so()
    {
        await CreateAsync();
        var message = Some.Message();
        await _host.Publisher.PublishAsync(message, Cancel);

        var again = await _host.Publisher.PublishAsync(message, Cancel);

        Assert.Equal(new PublishResult(message.Id, 1, IsDuplicate: true), again);
        Assert.Single(await _host.DeliveriesAsync());
        Assert.Single(Logged(373, LogLevel.Debug));
    }

    [Fact]
    public async Task The_same_idempotency_key_returns_the_first_message_within_its_window()
    {
        await CreateAsync();
        var (first, second, third) = (Keyed(), Keyed(), Keyed());
        await _host.Publisher.PublishAsync(first, Cancel);

        var within = await _host.Publisher.PublishAsync(second, Cancel);
        _host.Clock.Advance(TimeSpan.FromHours(24));
        var after = await _host.Publisher.PublishAsync(third, Cancel);

        Assert.Equal(new PublishResult(first.Id, 1, IsDuplicate: true), within);
        Assert.Equal(new PublishResult(third.Id, 1, IsDuplicate: false), after);
        Assert.Equal([first.Id.Value, third.Id.Value], (await _host.MessagesAsync()).Select(message => message.Id));

        static WebhookMessage Keyed() => Some.Message() with { IdempotencyKey = "order-1" };
    }

    [Fact]
    public async Task An_id_of_another_tenants_message_is_refused()
    {
        var message = Some.Message() with { Tenant = "acme" };
        await _host.Publisher.PublishAsync(message, Cancel);

        var error = await Assert.ThrowsAsync<WebhookConflictException>(
            () => _host.Publisher.PublishAsync(message with { Tenant = "other" }, Cancel));

        Assert.Contains(message.Id.Value, error.Message, StringComparison.Ordinal);
        Assert.Equal("acme", Assert.Single(await _host.MessagesAsync()).Tenant);
    }

    [Fact]
    public async Task A_message_not_to_be_sent_yet_waits()
    {
        await CreateAsync();

        await _host.Publisher.PublishAsync(Some.Message() with { NotBefore = The.Now.AddHours(1) }, Cancel);
        await _host.Publisher.PublishAsync(Some.Message() with { NotBefore = The.Now.AddHours(-1) }, Cancel);

        var now = await ClaimAsync();
        _host.Clock.Advance(TimeSpan.FromHours(1));
        var later = await ClaimAsync();
        Assert.Equal(1, now);
        Assert.Equal(1, later);
    }

    [Fact]
    public async Task What_can_never_be_sent_is_refused_before_anything_is_stored()
    {
        var large = WebhookMessage.Create("a", new byte[101]);
        var late = Some.Message() with { NotBefore = The.Now.AddHours(2), ExpiresAt = The.Now.AddHours(1) };

        await Assert.ThrowsAsync<ArgumentException>(() => _host.Publisher.PublishAsync(large, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => _host.Publisher.PublishAsync(late, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => _host.Publisher.PublishAsync([Some.Message(), large], Cancel));
        await Assert.ThrowsAsync<ArgumentNullException>(() => _host.Publisher.PublishAsync((WebhookMessage)null!, Cancel));
        await Assert.ThrowsAsync<ArgumentNullException>(() => _host.Publisher.PublishAsync([null!], Cancel));
        Assert.Empty(await _host.MessagesAsync());
        await _host.Publisher.PublishAsync(WebhookMessage.Create("a", new byte[100]), Cancel);
    }

    [Fact]
    public async Task A_message_that_has_expired_is_stored_for_all_to_see()
    {
        await CreateAsync();

        var result = await _host.Publisher.PublishAsync(Some.Message() with { ExpiresAt = The.Now.AddHours(-1) }, Cancel);

        Assert.Equal(1, result.DeliveryCount);
    }

    [Fact]
    public async Task A_list_is_stored_in_its_order_and_its_results_too()
    {
        await CreateAsync(endpoint => endpoint with { EventTypes = ["invoice.*"] });
        var known = Some.Message("invoice.paid");
        await _host.Publisher.PublishAsync(known, Cancel);
        WebhookMessage[] messages = [Some.Message("invoice.paid"), Some.Message("order.sent"), known, Some.Message("invoice.paid")];

        var results = await _host.Publisher.PublishAsync(messages, Cancel);

        Assert.Equal(messages.Select(message => message.Id), results.Select(result => result.MessageId));
        Assert.Equal([1, 0, 1, 1], results.Select(result => result.DeliveryCount));
        Assert.Equal([false, false, true, false], results.Select(result => result.IsDuplicate));
        Assert.Equal(
            [known.Id.Value, messages[0].Id.Value, messages[1].Id.Value, messages[3].Id.Value],
            (await _host.MessagesAsync()).Select(message => message.Id));
        Assert.Empty(await _host.Publisher.PublishAsync([], Cancel));
    }

    [Fact]
    public async Task A_list_with_an_id_that_is_taken_is_refused_and_the_rest_of_it_stored()
    {
        var taken = Some.Message() with { Tenant = "acme" };
        await _host.Publisher.PublishAsync(taken, Cancel);
        var other = Some.Message();

        await Assert.ThrowsAsync<WebhookConflictException>(
            () => _host.Publisher.PublishAsync([other, taken with { Tenant = "" }], Cancel));

        Assert.Equal([taken.Id.Value, other.Id.Value], (await _host.MessagesAsync()).Select(message => message.Id));
    }

    [Fact]
    public async Task The_dispatcher_is_woken_once_there_is_work()
    {
        await CreateAsync();
        _host.Signal.TryTake();

        await _host.Publisher.PublishAsync(Some.Message(), Cancel);

        Assert.True(_host.Signal.TryTake());
    }

    private Task<StoredEndpoint> CreateAsync(Func<WebhookEndpoint, WebhookEndpoint>? change = null)
        => _host.Endpoints.CreateAsync(change?.Invoke(Some.Endpoint()) ?? Some.Endpoint(), Cancel);

    private async Task<int> ClaimAsync()
    {
        var claim = await _host.Store.ClaimAsync(
            new ClaimRequest { MaxCount = 10, LeaseDuration = TimeSpan.FromDays(1), Lease = 1, DefaultEndpointLimit = 10 }, Cancel);
        return claim.Deliveries.Count;
    }

    private IEnumerable<string> Logged(int id, LogLevel level)
        => _host.Logs.GetSnapshot().Where(log => log.Id.Id == id && log.Level == level).Select(log => log.Message);
}
