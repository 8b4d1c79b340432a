using System.Security.Cryptography;

namespace Webhooks.Stores;

/// <summary>What is published is stored, all of it or nothing.</summary>
/// <typeparam name="THarness">How the store under test is made.</typeparam>
public abstract class PublishingTests<THarness> : StoreTests<THarness>
    where THarness : StoreHarness, new()
{
    [Fact]
    public async Task A_message_has_one_delivery_for_each_of_its_endpoints()
    {
        var endpoints = await EndpointsAsync(3);
        var other = await EndpointAsync();

        var stored = await PublishAsync(endpoints);

        Assert.Equal(3, stored.DeliveryCount);
        Assert.Equal(MessageDuplicate.None, stored.Duplicate);
        var deliveries = await DeliveriesAsync();
        Assert.Equal(endpoints.Select(endpoint => endpoint.Number), deliveries.Select(found => found.EndpointNumber).Order());
        Assert.All(deliveries, found => Assert.Equal(stored.MessageId, found.MessageId));
        Assert.DoesNotContain(deliveries, found => found.EndpointNumber == other.Number);
    }

    [Fact]
    public async Task A_message_comes_back_as_it_was()
    {
        var message = Some.Message("acme") with
        {
            EventType = "invoice.überfällig",
            ExpiresAt = Some.Message().Timestamp.AddDays(2),
            ContentType = "text/plain; charset=\"utf-8\"",
            Headers = RandomNumberGenerator.GetBytes(33),
            OrderingKey = "order'); DROP TABLE messages; --",
            IdempotencyKey = "key\"%_\\",
        };

        await PublishAsync(New(message, await EndpointAsync("acme")) with { IdempotencyWindow = TimeSpan.FromHours(1) });

        var found = await FindMessageAsync(message.Id);
        AssertSame(message, found);
        AssertSame(message, (await ClaimAsync()).Only.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1024 * 1024)]
    public async Task A_payload_of_any_size_comes_back(int size)
    {
        var message = Some.Message() with { Payload = RandomNumberGenerator.GetBytes(size) };

        await PublishAsync(New(message, await EndpointAsync()));

        Assert.True((await FindMessageAsync(message.Id)).Payload.Span.SequenceEqual(message.Payload.Span));
        Assert.True((await ClaimAsync()).Only.Message.Payload.Span.SequenceEqual(message.Payload.Span));
    }

    [Fact]
    public async Task A_message_that_no_endpoint_wants_is_stored_all_the_same()
    {
        var message = Some.Message();

        var stored = await PublishAsync(New(message));

        Assert.Equal(new StoredMessage(message.Id, 0, MessageDuplicate.None), stored);
        AssertSame(message, await FindMessageAsync(message.Id));
        Assert.Empty(await DeliveriesAsync());
    }

    [Fact]
    public async Task Numbers_grow_in_the_order_of_publication()
    {
        var endpoint = await EndpointAsync();

        var first = await PublishAllAsync(Enumerable.Range(0, 20).Select(_ => New(endpoint)));
        var second = await PublishAllAsync(Enumerable.Range(0, 20).Select(_ => New(endpoint)));

        var ids = first.Concat(second).Select(stored => stored.MessageId);
        var messages = await Store.FindMessagesAsync(new MessageFilter { OldestFirst = true }, Cancel);
        Assert.Equal(ids, messages.Select(message => message.Id));
        Assert.Equal(ids, (await DeliveriesAsync()).Select(delivery => delivery.MessageId));
    }

    [Fact]
    public async Task A_large_batch_is_stored_whole()
    {
        var endpoints = await EndpointsAsync(3);

        var stored = await PublishAllAsync(Enumerable.Range(0, 700).Select(_ => New(endpoints)));

        Assert.All(stored, message => Assert.Equal(3, message.DeliveryCount));
        Assert.Equal(2100, (await DeliveriesAsync()).DistinctBy(found => (found.MessageId, found.EndpointNumber)).Count());
    }

    [Fact]
    public async Task A_message_goes_to_a_thousand_endpoints()
    {
        var endpoints = await EndpointsAsync(1000);

        var stored = await PublishAsync(endpoints);

        Assert.Equal(1000, stored.DeliveryCount);
        Assert.Equal(
            endpoints.Select(endpoint => endpoint.Number),
            (await DeliveriesAsync()).Select(found => found.EndpointNumber).Order());
    }

    [Fact]
    public async Task A_batch_that_breaks_off_stores_nothing()
    {
        var endpoint = await EndpointAsync();
        var batch = new PublishBatch(new BreakingList<NewMessage>([New(endpoint), New(endpoint)], 3), await RevisionAsync());

        await Assert.ThrowsAnyAsync<Exception>(() => Store.PublishAsync(batch, Cancel));

        Assert.Empty(await Store.FindMessagesAsync(new MessageFilter(), Cancel));
        Assert.Empty(await DeliveriesAsync());
        Assert.Equal(MessageDuplicate.None, (await PublishAsync(New(endpoint))).Duplicate);
    }

    [Fact]
    public async Task A_stored_message_is_dated_by_the_stores_clock()
    {
        var first = await PublishAsync(New());
        await AdvanceAsync(TimeSpan.FromHours(3));
        var second = await PublishAsync(New());

        var between = (await FindMessageAsync(second.MessageId)).CreatedAt - (await FindMessageAsync(first.MessageId)).CreatedAt;

        Assert.InRange(between, TimeSpan.FromHours(3), TimeSpan.FromHours(3) + Slack);
    }

    [Fact]
    public async Task A_delivery_begins_pending_and_due()
    {
        await PublishAsync(New(Some.Message("acme"), await EndpointAsync("acme")));

        var delivery = Assert.Single(await DeliveriesAsync());

        Assert.Equal(DeliveryState.Pending, delivery.State);
        Assert.Equal(DeliveryFailure.None, delivery.Failure);
        Assert.Equal("acme", delivery.Tenant);
        Assert.Equal("invoice.paid", delivery.EventType);
        Assert.NotNull(delivery.DueAt);
        Assert.InRange(delivery.DueAt.Value, delivery.CreatedAt - Slack, delivery.CreatedAt + Slack);
        Assert.Null(delivery.CompletedAt);
        Assert.Equal(0, delivery.Attempts);
        Assert.Null(delivery.LastAttempt);
    }

    private static void AssertSame(MessageRecord expected, MessageRecord actual)
    {
        Assert.Equal(expected.Payload.ToArray(), actual.Payload.ToArray());
        Assert.Equal(expected.Headers.ToArray(), actual.Headers.ToArray());
        Assert.NotEqual(0, actual.Number);
        Assert.NotEqual(default, actual.CreatedAt);
        Assert.Equal(expected, actual with
        {
            Number = 0,
            CreatedAt = default,
            Payload = expected.Payload,
            Headers = expected.Headers,
        });
    }
}
