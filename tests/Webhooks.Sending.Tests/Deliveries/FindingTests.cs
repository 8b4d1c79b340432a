using System.Text;

namespace Webhooks.Tests.Deliveries;

/// <summary>Messages, deliveries and attempts can be found, page by page.</summary>
public sealed class FindingTests : IDisposable
{
    private readonly DeliveriesHost _host = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IWebhookDeliveries Deliveries => _host.Deliveries;

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task A_message_is_read_with_its_payload()
    {
        var id = await _host.PublishAsync(await _host.EndpointAsync("acme"));

        var message = await Deliveries.GetMessageAsync(id, Cancel);

        Assert.NotNull(message);
        Assert.Equal((id, (EventType)"invoice.paid", "acme"), (message.Id, message.EventType, message.Tenant));
        Assert.Equal("{\"id\":1}", Encoding.UTF8.GetString(message.Payload!.Value.Span));
        Assert.Equal(
            ("application/json", The.Now, The.Now), (message.ContentType, message.Timestamp, message.PublishedAt));
        Assert.Equal(The.Now.AddDays(9), message.ExpiresAt);
        Assert.StartsWith("key_", message.IdempotencyKey, StringComparison.Ordinal);
        Assert.Null(await Deliveries.GetMessageAsync(MessageId.New(), Cancel));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Messages_come_with_payloads_only_when_asked_for(bool withPayload)
    {
        await _host.PublishAsync(await _host.EndpointAsync());

        var page = await Deliveries.FindMessagesAsync(new MessageQuery { WithPayload = withPayload }, Cancel);

        Assert.Equal(withPayload, Assert.Single(page.Items).Payload is not null);
    }

    [Fact]
    public async Task Messages_are_found_by_tenant_type_and_time()
    {
        var (acme, other) = (await _host.EndpointAsync("acme"), await _host.EndpointAsync("other"));
        var early = await _host.PublishAsync("invoice.paid", acme);
        _host.Clock.Advance(TimeSpan.FromHours(1));
        var late = await _host.PublishAsync("invoice.paid", acme);
        await _host.PublishAsync("invoice.voided", acme);
        await _host.PublishAsync("invoice.paid", other);
        var query = new MessageQuery { Tenant = "acme", EventType = "invoice.paid" };
        var middle = The.Now.AddMinutes(30);

        var all = await IdsAsync(query);
        var before = await IdsAsync(query with { Until = middle });
        var after = await IdsAsync(query with { From = middle });
        var reversed = await IdsAsync(query with { OldestFirst = true });

        Assert.Equal([late, early], all);
        Assert.Equal([early], before);
        Assert.Equal([late], after);
        Assert.Equal([early, late], reversed);
    }

    [Fact]
    public async Task A_delivery_shows_where_it_stands()
    {
        var endpoint = await _host.EndpointAsync("acme");
        var id = await _host.PublishAsync(endpoint);

        var pending = await Deliveries.GetAsync(id, endpoint.Id, Cancel);
        await _host.DeliverAsync(DeliveryState.Failed);
        var failed = await Deliveries.GetAsync(id, endpoint.Id, Cancel);

        Assert.Equal((DeliveryState.Pending, 0), (pending!.State, pending.Attempts));
        Assert.Null(pending.LastAttempt);
        Assert.Equal((id, endpoint.Id, "acme"), (failed!.MessageId, failed.EndpointId, failed.Tenant));
        Assert.Equal((DeliveryState.Failed, DeliveryFailure.RetriesExhausted), (failed.State, failed.Failure));
        Assert.Equal((1, 500, The.Now), (failed.Attempts, failed.LastAttempt!.StatusCode, failed.CompletedAt));
        Assert.Null(failed.DueAt);
    }

    [Fact]
    public async Task Deliveries_are_found_by_message_endpoint_tenant_type_state_and_time()
    {
        var (one, two) = (await _host.EndpointAsync("acme"), await _host.EndpointAsync("acme"));
        var first = await _host.PublishAsync("invoice.paid", one, two);
        await _host.DeliverAsync();
        _host.Clock.Advance(TimeSpan.FromHours(1));
        var second = await _host.PublishAsync("invoice.voided", one);
        await _host.PublishAsync(await _host.EndpointAsync("other"));

        var found = new[]
        {
            await PairsAsync(new DeliveryQuery { MessageId = first }),
            await PairsAsync(new DeliveryQuery { EndpointId = one.Id }),
            await PairsAsync(new DeliveryQuery { EndpointId = one.Id, MessageId = first }),
            await PairsAsync(new DeliveryQuery { Tenant = "acme", State = DeliveryState.Pending }),
            await PairsAsync(new DeliveryQuery { EventType = "invoice.voided" }),
            await PairsAsync(new DeliveryQuery { Until = The.Now.AddMinutes(1), OldestFirst = true }),
            await PairsAsync(new DeliveryQuery { Tenant = "acme", From = The.Now.AddMinutes(1) }),
        };

        var expected = new[]
        {
            [(first, two.Id), (first, one.Id)],
            [(second, one.Id), (first, one.Id)],
            [(first, one.Id)],
            [(second, one.Id)],
            [(second, one.Id)],
            [(first, one.Id), (first, two.Id)],
            new[] { (second, (string?)one.Id) },
        };
        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task Attempts_are_read_the_first_one_first()
    {
        var endpoint = await _host.EndpointAsync();
        var id = await _host.PublishAsync(endpoint);
        await _host.DeliverAsync(DeliveryState.Failed);
        await Deliveries.RedeliverAsync(id, endpoint.Id, Cancel);
        await _host.DeliverAsync();

        var attempts = await Deliveries.GetAttemptsAsync(id, endpoint.Id, Cancel);

        Assert.Equal(
            [(1, 500, AttemptTrigger.Schedule), (2, 204, AttemptTrigger.Manual)],
            attempts.Select(attempt => (attempt.Number, attempt.StatusCode!.Value, attempt.Trigger)));
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        var endpoint = await _host.EndpointAsync();
        var id = await _host.PublishAsync(endpoint);

        Assert.Empty((await Deliveries.FindAsync(new DeliveryQuery { MessageId = MessageId.New() }, Cancel)).Items);
        Assert.Empty((await Deliveries.FindAsync(new DeliveryQuery { EndpointId = "ep_none" }, Cancel)).Items);
        Assert.Null(await Deliveries.GetAsync(id, "ep_none", Cancel));
        Assert.Null(await Deliveries.GetAsync(MessageId.New(), endpoint.Id, Cancel));
        Assert.Empty(await Deliveries.GetAttemptsAsync(id, "ep_none", Cancel));
    }

    [Fact]
    public async Task A_message_that_no_endpoint_wanted_has_no_delivery()
    {
        var id = await _host.PublishAsync();

        var page = await Deliveries.FindAsync(new DeliveryQuery { MessageId = id }, Cancel);

        Assert.Equal((0, null), (page.Items.Count, page.Continuation));
        Assert.NotNull(await Deliveries.GetMessageAsync(id, Cancel));
    }

    [Fact]
    public async Task History_of_an_endpoint_that_was_deleted_remains()
    {
        var endpoint = await _host.EndpointAsync();
        var id = await _host.PublishAsync(endpoint);
        Assert.NotNull(await Deliveries.GetAsync(id, endpoint.Id, Cancel));
        await _host.Store.UpdateEndpointAsync(endpoint with { State = EndpointState.Deleted }, Cancel);

        var delivery = Assert.Single((await Deliveries.FindAsync(new DeliveryQuery { MessageId = id }, Cancel)).Items);

        Assert.Equal((DeliveryState.Cancelled, endpoint.Id), (delivery.State, delivery.EndpointId));
    }

    private async Task<IEnumerable<MessageId>> IdsAsync(MessageQuery query)
        => (await Deliveries.FindMessagesAsync(query, Cancel)).Items.Select(message => message.Id);

    private async Task<(MessageId, string?)[]> PairsAsync(DeliveryQuery query)
        => [.. (await Deliveries.FindAsync(query, Cancel)).Items.Select(found => (found.MessageId, found.EndpointId))];
}
