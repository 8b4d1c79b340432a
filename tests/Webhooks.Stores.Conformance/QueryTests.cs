namespace Webhooks.Stores;

/// <summary>Messages and deliveries are found, page by page.</summary>
/// <typeparam name="THarness">How the store under test is made.</typeparam>
public abstract class QueryTests<THarness> : StoreTests<THarness>
    where THarness : StoreHarness, new()
{
    [Fact]
    public async Task Messages_are_found_by_each_property()
    {
        var paid = await PublishAsync(New(Some.Message("acme")));
        var voided = await PublishAsync(New(Some.Message("acme") with { EventType = "invoice.voided" }));
        var none = await PublishAsync(New(Some.Message()));

        await AssertFoundAsync(new MessageFilter { Id = voided.MessageId }, voided);
        await AssertFoundAsync(new MessageFilter { Id = "msg_unknown" });
        await AssertFoundAsync(new MessageFilter { Tenant = "acme" }, voided, paid);
        await AssertFoundAsync(new MessageFilter { Tenant = "" }, none);
        await AssertFoundAsync(new MessageFilter { EventType = "invoice.paid" }, none, paid);
        await AssertFoundAsync(new MessageFilter { EventType = "invoice" });
        await AssertFoundAsync(new MessageFilter { Tenant = "acme", EventType = "invoice.paid" }, paid);
        await AssertFoundAsync(new MessageFilter { Tenant = "acme", Id = none.MessageId });
        await AssertFoundAsync(new MessageFilter(), none, voided, paid);
    }

    [Fact]
    public async Task Messages_are_found_by_the_time_they_were_stored()
    {
        var first = await PublishAsync(New());
        await AdvanceAsync(TimeSpan.FromHours(1));
        var second = await PublishAsync(New());
        await AdvanceAsync(TimeSpan.FromHours(1));
        var third = await PublishAsync(New());
        var (from, until) = ((await FindMessageAsync(second.MessageId)).CreatedAt, (await FindMessageAsync(third.MessageId)).CreatedAt);

        await AssertFoundAsync(new MessageFilter { From = from }, third, second);
        await AssertFoundAsync(new MessageFilter { Until = from }, first);
        await AssertFoundAsync(new MessageFilter { From = from, Until = until }, second);
        await AssertFoundAsync(new MessageFilter { From = until.ToOffset(TimeSpan.FromHours(5)), Tenant = "" }, third);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Payloads_come_if_asked_for(bool withPayload)
    {
        await PublishAsync(New());

        var message = Assert.Single(
            await Store.FindMessagesAsync(new MessageFilter { WithPayload = withPayload }, Cancel));

        Assert.NotEqual(withPayload, message.Payload.IsEmpty);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Messages_are_paged_in_both_directions(bool oldestFirst)
    {
        var stored = await PublishAllAsync(Enumerable.Range(0, 25).Select(number =>
            New(Some.Message(number % 5 == 4 ? "acme" : "globex"))));
        var expected = stored.Where((_, number) => number % 5 != 4).Select(message => message.MessageId);
        var filter = new MessageFilter { Tenant = "globex", OldestFirst = oldestFirst, Limit = 7 };

        var pages = new List<IReadOnlyList<MessageRecord>>();
        do
        {
            var after = pages.Count == 0 ? null : (long?)pages[^1][^1].Number;
            pages.Add(await Store.FindMessagesAsync(filter with { After = after }, Cancel));
        }
        while (pages[^1].Count > 0);

        Assert.Equal([7, 7, 6, 0], pages.Select(page => page.Count));
        Assert.Equal(oldestFirst ? expected : expected.Reverse(), pages.SelectMany(page => page).Select(found => found.Id));
    }

    [Fact]
    public async Task Deliveries_are_found_by_each_property()
    {
        var (one, two) = (await EndpointAsync("acme"), await EndpointAsync("acme"));
        await PublishAsync(New(Some.Message("acme"), one, two));
        await PublishAsync(New(Some.Message("acme") with { EventType = "invoice.voided" }, one));
        await PublishAsync(New(Some.Message(), two));
        var all = await DeliveriesAsync();

        await AssertFoundAsync(new DeliveryFilter { MessageNumber = all[0].MessageNumber }, all[1], all[0]);
        await AssertFoundAsync(new DeliveryFilter { EndpointNumber = one.Number }, all.Where(found => found.EndpointNumber == one.Number).Reverse());
        await AssertFoundAsync(new DeliveryFilter { Tenant = "acme" }, all[2], all[1], all[0]);
        await AssertFoundAsync(new DeliveryFilter { Tenant = "" }, all[3]);
        await AssertFoundAsync(new DeliveryFilter { EventType = "invoice.voided" }, all[2]);
        await AssertFoundAsync(new DeliveryFilter { EventType = "invoice.paid", Tenant = "" }, all[3]);
        await AssertFoundAsync(new DeliveryFilter { MessageNumber = all[3].MessageNumber, EndpointNumber = one.Number });
    }

    [Fact]
    public async Task Deliveries_are_found_by_state()
    {
        var claim = await ClaimDoneAndPendingAsync();

        await AssertFoundAsync(new DeliveryFilter { State = DeliveryState.Succeeded }, [claim.Deliveries[0].Id]);
        await AssertFoundAsync(new DeliveryFilter { State = DeliveryState.Failed }, [claim.Deliveries[1].Id]);
        await AssertFoundAsync(new DeliveryFilter { State = DeliveryState.Cancelled }, [claim.Deliveries[2].Id]);
        await AssertFoundAsync(
            new DeliveryFilter { State = DeliveryState.Pending, EndpointNumber = claim.Deliveries[0].EndpointNumber },
            [claim.Deliveries[4].Id, claim.Deliveries[3].Id]);
    }

    [Fact]
    public async Task Deliveries_are_found_by_the_time_they_were_stored()
    {
        var endpoint = await EndpointAsync();
        await PublishAsync(endpoint);
        await AdvanceAsync(TimeSpan.FromHours(1));
        await PublishAsync(New(endpoint) with { Delay = TimeSpan.FromHours(4) });
        await AdvanceAsync(TimeSpan.FromHours(1));
        await PublishAsync(endpoint);
        var all = await DeliveriesAsync();
        var claim = await ClaimAsync();
        await CompleteAsync([.. claim.Deliveries.Select(claim.Succeed)]);

        await AssertFoundAsync(new DeliveryFilter { From = all[1].CreatedAt }, all[2], all[1]);
        await AssertFoundAsync(new DeliveryFilter { Until = all[1].CreatedAt }, all[0]);
        await AssertFoundAsync(new DeliveryFilter { From = all[1].CreatedAt, Until = all[2].CreatedAt }, all[1]);
        await AssertFoundAsync(new DeliveryFilter { From = all[1].CreatedAt, State = DeliveryState.Succeeded }, all[2]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Deliveries_done_and_pending_are_paged_together(bool oldestFirst)
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync(Enumerable.Range(0, 20).Select(_ => New(endpoint)));
        var claim = await ClaimAsync();
        await CompleteAsync([.. claim.Deliveries.Where((_, index) => index % 3 > 0).Select(claim.Succeed)]);
        var filter = new DeliveryFilter { EndpointNumber = endpoint.Number, OldestFirst = oldestFirst, Limit = 6 };

        var pages = new List<IReadOnlyList<DeliveryRecord>>();
        do
        {
            var after = pages.Count == 0 ? null : (long?)pages[^1][^1].Id;
            pages.Add(await Store.FindDeliveriesAsync(filter with { After = after }, Cancel));
        }
        while (pages[^1].Count > 0);

        Assert.Equal([6, 6, 6, 2, 0], pages.Select(page => page.Count));
        Assert.Equal(
            oldestFirst ? claim.Ids.Order() : claim.Ids.OrderDescending(),
            pages.SelectMany(page => page).Select(found => found.Id));
    }

    private async Task<Claim> ClaimDoneAndPendingAsync()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync(Enumerable.Range(0, 5).Select(_ => New(endpoint)));
        var claim = await ClaimAsync();
        await CompleteAsync(
            claim.Succeed(claim.Deliveries[0]),
            claim.Fail(claim.Deliveries[1]),
            claim.Complete(claim.Deliveries[2], DeliveryState.Cancelled),
            claim.Retry(claim.Deliveries[3], TimeSpan.FromHours(1)));
        return claim;
    }

    private async Task AssertFoundAsync(MessageFilter filter, params StoredMessage[] expected)
        => Assert.Equal(
            expected.Select(message => message.MessageId),
            (await Store.FindMessagesAsync(filter, Cancel)).Select(found => found.Id));

    private Task AssertFoundAsync(DeliveryFilter filter, params IEnumerable<DeliveryRecord> expected)
        => AssertFoundAsync(filter, [.. expected.Select(delivery => delivery.Id)]);

    private async Task AssertFoundAsync(DeliveryFilter filter, long[] expected)
        => Assert.Equal(expected, (await Store.FindDeliveriesAsync(filter, Cancel)).Select(found => found.Id));
}
