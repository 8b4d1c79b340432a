namespace Webhooks.Stores;

/// <summary>What is published twice is stored once, and what was chosen from outdated endpoints not at all.</summary>
/// <typeparam name="THarness">How the store under test is made.</typeparam>
public abstract class DuplicateTests<THarness> : StoreTests<THarness>
    where THarness : StoreHarness, new()
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    [Fact]
    public async Task The_same_id_again_is_a_duplicate()
    {
        var endpoints = await EndpointsAsync(2);
        var message = Some.Message();
        await PublishAsync(New(message, endpoints));

        var again = await PublishAsync(New(message with { EventType = "other" }, await EndpointAsync()));

        Assert.Equal(new StoredMessage(message.Id, 2, MessageDuplicate.SameId), again);
        Assert.Equal(2, (await DeliveriesAsync()).Count);
        Assert.Equal("invoice.paid", (await FindMessageAsync(message.Id)).EventType);
    }

    [Fact]
    public async Task An_id_of_another_tenant_is_taken()
    {
        var endpoint = await EndpointAsync("globex");
        var message = Some.Message("acme");
        await PublishAsync(New(message));

        var stored = await PublishAllAsync([
            New(Some.Message("globex"), endpoint),
            New(message with { Tenant = "globex" }, endpoint),
            New(Some.Message("globex"), endpoint),
        ]);

        Assert.Equal(
            [MessageDuplicate.None, MessageDuplicate.IdTaken, MessageDuplicate.None],
            stored.Select(one => one.Duplicate));
        Assert.Equal(2, (await DeliveriesAsync()).Count);
        Assert.Equal("acme", (await FindMessageAsync(message.Id)).Tenant);
    }

    [Fact]
    public async Task The_same_key_within_its_window_finds_the_first_message()
    {
        var endpoint = await EndpointAsync();
        var first = await PublishAsync(Keyed("k", endpoint));
        await AdvanceAsync(Window / 2);

        var again = await PublishAsync(Keyed("k", endpoint));

        Assert.Equal(new StoredMessage(first.MessageId, 1, MessageDuplicate.SameIdempotencyKey), again);
        Assert.Single(await DeliveriesAsync());
        Assert.Single(await Store.FindMessagesAsync(new MessageFilter(), Cancel));
    }

    [Fact]
    public async Task Keys_are_told_apart_by_case()
    {
        var first = await PublishAsync(Keyed("key"));

        var second = await PublishAsync(Keyed("KEY"));

        Assert.Equal(MessageDuplicate.None, second.Duplicate);
        Assert.NotEqual(first.MessageId, second.MessageId);
    }

    [Fact]
    public async Task A_key_of_another_tenant_is_another_key()
    {
        await PublishAsync(Keyed("k"));

        var first = await PublishAsync(Keyed("k", "acme"));
        var second = await PublishAsync(Keyed("k", "acme"));

        Assert.Equal(MessageDuplicate.None, first.Duplicate);
        Assert.Equal((first.MessageId, MessageDuplicate.SameIdempotencyKey), (second.MessageId, second.Duplicate));
    }

    [Fact]
    public async Task A_key_is_free_again_when_its_window_is_over()
    {
        await PublishAsync(Keyed("k"));
        await AdvanceAsync(Window + TimeSpan.FromMinutes(1));

        var second = await PublishAsync(Keyed("k"));
        var third = await PublishAsync(Keyed("k"));

        Assert.Equal(MessageDuplicate.None, second.Duplicate);
        Assert.Equal(new StoredMessage(second.MessageId, 0, MessageDuplicate.SameIdempotencyKey), third);
    }

    [Fact]
    public async Task A_duplicate_does_not_prolong_the_window()
    {
        await PublishAsync(Keyed("k"));
        await AdvanceAsync(Window * 0.7);
        await PublishAsync(Keyed("k"));
        await AdvanceAsync(Window * 0.7);

        var late = await PublishAsync(Keyed("k"));

        Assert.Equal(MessageDuplicate.None, late.Duplicate);
    }

    [Fact]
    public async Task A_duplicate_leaves_no_key_behind()
    {
        var message = Some.Message();
        await PublishAsync(New(message));
        await PublishAsync(New(message with { IdempotencyKey = "k" }) with { IdempotencyWindow = Window });

        var next = await PublishAsync(Keyed("k"));

        Assert.Equal(MessageDuplicate.None, next.Duplicate);
    }

    [Fact]
    public async Task The_same_id_and_key_again_is_a_duplicate()
    {
        var message = Keyed("k", await EndpointAsync());
        await PublishAsync(message);

        var again = await PublishAsync(message);

        Assert.NotEqual(MessageDuplicate.None, again.Duplicate);
        Assert.Equal((message.Message.Id, 1), (again.MessageId, again.DeliveryCount));
    }

    [Fact]
    public async Task Of_equal_ids_in_a_batch_the_first_is_stored()
    {
        var endpoint = await EndpointAsync();
        var message = Some.Message();

        var stored = await PublishAllAsync([New(message, endpoint), New(endpoint), New(message, endpoint)]);

        Assert.Equal(new StoredMessage(message.Id, 1, MessageDuplicate.None), stored[0]);
        Assert.Equal(MessageDuplicate.None, stored[1].Duplicate);
        Assert.Equal(new StoredMessage(message.Id, 1, MessageDuplicate.SameId), stored[2]);
        Assert.Equal(2, (await DeliveriesAsync()).Count);
    }

    [Fact]
    public async Task Of_equal_ids_of_two_tenants_in_a_batch_the_first_is_stored()
    {
        var message = Some.Message("acme");

        var stored = await PublishAllAsync([New(message), New(message with { Tenant = "globex" })]);

        Assert.Equal([MessageDuplicate.None, MessageDuplicate.IdTaken], stored.Select(one => one.Duplicate));
        Assert.Equal("acme", (await FindMessageAsync(message.Id)).Tenant);
    }

    [Fact]
    public async Task Of_equal_keys_in_a_batch_the_first_is_stored()
    {
        var endpoint = await EndpointAsync();

        var stored = await PublishAllAsync([Keyed("k", endpoint), Keyed("l", endpoint), Keyed("k", endpoint)]);

        Assert.Equal(MessageDuplicate.None, stored[1].Duplicate);
        Assert.Equal(new StoredMessage(stored[0].MessageId, 1, MessageDuplicate.SameIdempotencyKey), stored[2]);
        Assert.Equal(2, (await DeliveriesAsync()).Count);
    }

    [Fact]
    public async Task A_batch_chosen_from_outdated_endpoints_stores_nothing()
    {
        var endpoint = await EndpointAsync();
        var batch = new PublishBatch([Keyed("k", endpoint), New(endpoint)], await RevisionAsync());
        await EndpointAsync();

        var outcome = await Store.PublishAsync(batch, Cancel);

        Assert.True(outcome.IsStale);
        Assert.Empty(await Store.FindMessagesAsync(new MessageFilter(), Cancel));
        Assert.Empty(await DeliveriesAsync());
    }

    [Fact]
    public async Task A_stale_batch_is_stored_once_the_endpoints_are_read_again()
    {
        var endpoint = await EndpointAsync();
        var batch = new PublishBatch([Keyed("k", endpoint), New(endpoint)], await RevisionAsync());
        await EndpointAsync();
        await Store.PublishAsync(batch, Cancel);

        var outcome = await Store.PublishAsync(batch with { EndpointRevision = await RevisionAsync() }, Cancel);

        Assert.Equal([MessageDuplicate.None, MessageDuplicate.None], outcome.Messages.Select(stored => stored.Duplicate));
    }

    [Theory]
    [InlineData(EndpointState.Enabled)]
    [InlineData(EndpointState.Disabled)]
    [InlineData(EndpointState.Deleted)]
    public async Task Any_write_of_an_endpoint_outdates_a_batch(EndpointState state)
    {
        var endpoint = await EndpointAsync();
        var batch = new PublishBatch([New(endpoint)], await RevisionAsync());
        await Store.UpdateEndpointAsync(endpoint with { State = state }, Cancel);

        var outcome = await Store.PublishAsync(batch, Cancel);

        Assert.True(outcome.IsStale);
    }

    private static NewMessage Keyed(string key, params EndpointRecord[] endpoints)
        => New(Some.Message() with { IdempotencyKey = key }, endpoints) with { IdempotencyWindow = Window };

    private static NewMessage Keyed(string key, string tenant)
        => New(Some.Message(tenant) with { IdempotencyKey = key }) with { IdempotencyWindow = Window };
}
