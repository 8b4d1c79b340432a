namespace Webhooks.Stores;

/// <summary>What is old enough is forgotten, and nothing else.</summary>
/// <typeparam name="THarness">How the store under test is made.</typeparam>
public abstract class RetentionTests<THarness> : StoreTests<THarness>
    where THarness : StoreHarness, new()
{
    private static readonly RetentionLimits Limits = new()
    {
        Succeeded = TimeSpan.FromDays(30),
        Failed = TimeSpan.FromDays(90),
    };

    [Fact]
    public async Task Nothing_is_purged_from_an_empty_store()
        => Assert.Equal(default, await Store.PurgeAsync(Limits, Cancel));

    [Theory]
    [InlineData(DeliveryState.Succeeded, 30)]
    [InlineData(DeliveryState.Cancelled, 30)]
    [InlineData(DeliveryState.Failed, 90)]
    public async Task A_done_delivery_is_kept_for_its_time(DeliveryState state, int days)
    {
        var claim = await ClaimNewAsync();
        await CompleteAsync(claim.Fail(claim.Only) with { State = state });

        await AdvanceAsync(TimeSpan.FromDays(days) - TimeSpan.FromHours(1));
        Assert.Equal((0, 0), await PurgeAllAsync());
        Assert.Equal(claim.Only.Id, (await FindAsync(claim.Only)).Id);
        await AdvanceAsync(TimeSpan.FromHours(2));
        Assert.Equal((1, 1), await PurgeAllAsync());

        Assert.Empty(await DeliveriesAsync());
        Assert.Empty(await Store.FindMessagesAsync(new MessageFilter(), Cancel));
        Assert.Empty(await Store.FindAttemptsAsync(claim.Only.Id, Cancel));
    }

    [Fact]
    public async Task The_time_counts_from_when_a_delivery_was_done()
    {
        await PublishAsync(await EndpointAsync());
        await AdvanceAsync(TimeSpan.FromDays(29));
        var claim = await ClaimAsync();
        await CompleteAsync(claim.Succeed(claim.Only));
        await AdvanceAsync(TimeSpan.FromDays(29));

        Assert.Equal((0, 0), await PurgeAllAsync());
    }

    [Fact]
    public async Task What_is_pending_is_kept_for_ever()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync([New(endpoint), New(Some.Message() with { OrderingKey = "k" }, endpoint)]);
        var claim = await ClaimAsync(maxCount: 1);
        await CompleteAsync(claim.Retry(claim.Only, TimeSpan.Zero));
        await AdvanceAsync(TimeSpan.FromDays(1000));

        Assert.Equal((0, 0), await PurgeAllAsync());
        Assert.Equal(2, (await ClaimAsync()).Deliveries.Count);
    }

    [Fact]
    public async Task A_message_that_no_endpoint_wanted_is_kept_like_a_succeeded_one()
    {
        await PublishAllAsync([New(), New()]);

        await AdvanceAsync(TimeSpan.FromDays(30) - TimeSpan.FromHours(1));
        Assert.Equal((0, 0), await PurgeAllAsync());
        await AdvanceAsync(TimeSpan.FromHours(2));
        Assert.Equal((0, 2), await PurgeAllAsync());

        Assert.Empty(await Store.FindMessagesAsync(new MessageFilter(), Cancel));
    }

    [Fact]
    public async Task A_message_stays_as_long_as_one_of_its_deliveries()
    {
        var endpoints = await EndpointsAsync(3);
        await PublishAsync(endpoints);
        var claim = await ClaimAsync();
        var (one, two, three) = (claim.Deliveries[0], claim.Deliveries[1], claim.Deliveries[2]);
        await CompleteAsync(claim.Succeed(one), claim.Fail(two), claim.Retry(three, TimeSpan.Zero));

        await AdvanceAsync(TimeSpan.FromDays(31));
        Assert.Equal((1, 0), await PurgeAllAsync());
        await AdvanceAsync(TimeSpan.FromDays(60));
        Assert.Equal((1, 0), await PurgeAllAsync());
        var last = await ClaimAsync();
        await CompleteAsync(last.Succeed(last.Only));
        await AdvanceAsync(TimeSpan.FromDays(31));
        Assert.Equal((1, 1), await PurgeAllAsync());

        Assert.Equal(three.Id, last.Only.Id);
        Assert.Empty(await Store.FindMessagesAsync(new MessageFilter(), Cancel));
    }

    [Fact]
    public async Task A_purge_deletes_one_batch_and_says_whether_there_is_more()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync(Enumerable.Range(0, 25).Select(_ => New(endpoint)));
        var claim = await ClaimAsync();
        await CompleteAsync([.. claim.Deliveries.Select(claim.Succeed)]);
        await AdvanceAsync(TimeSpan.FromDays(31));

        var first = await Store.PurgeAsync(Limits with { BatchSize = 10 }, Cancel);
        var total = await PurgeAllAsync(Limits with { BatchSize = 10 });

        Assert.InRange(first.Deliveries, 1, 10);
        Assert.InRange(first.Messages, 0, 10);
        Assert.True(first.HasMore);
        Assert.Equal((25, 25), (first.Deliveries + total.Deliveries, first.Messages + total.Messages));
        Assert.Empty(await Store.FindMessagesAsync(new MessageFilter(), Cancel));
    }

    [Fact]
    public async Task Times_that_do_not_end_purge_nothing()
    {
        var claim = await ClaimNewAsync();
        await CompleteAsync(claim.Succeed(claim.Only));
        await PublishAsync(New());
        await AdvanceAsync(TimeSpan.FromDays(1000));

        var total = await PurgeAllAsync(new RetentionLimits { Succeeded = TimeSpan.MaxValue, Failed = TimeSpan.MaxValue });

        Assert.Equal((0, 0), total);
    }

    [Fact]
    public async Task A_redelivered_delivery_is_kept_anew()
    {
        var claim = await ClaimNewAsync();
        await CompleteAsync(claim.Succeed(claim.Only));
        await AdvanceAsync(TimeSpan.FromDays(29));
        await Store.RedeliverAsync([claim.Only.Id], AttemptTrigger.Manual, Cancel);
        await AdvanceAsync(TimeSpan.FromDays(29));

        Assert.Equal((0, 0), await PurgeAllAsync());
        var again = await ClaimAsync();
        await CompleteAsync(again.Succeed(again.Only));
        await AdvanceAsync(TimeSpan.FromDays(29));
        Assert.Equal((0, 0), await PurgeAllAsync());
        await AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Equal((1, 1), await PurgeAllAsync());
        Assert.Empty(await Store.FindAttemptsAsync(claim.Only.Id, Cancel));
    }

    [Fact]
    public async Task What_is_pending_again_does_not_keep_others_from_being_purged()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync([New(endpoint), New(endpoint)]);
        var claim = await ClaimAsync();
        await CompleteAsync([.. claim.Deliveries.Select(claim.Succeed)]);
        await Store.RedeliverAsync([claim.Deliveries[0].Id], AttemptTrigger.Manual, Cancel);
        await AdvanceAsync(TimeSpan.FromDays(31));

        Assert.Equal((1, 1), await PurgeAllAsync());
        Assert.Equal(claim.Deliveries[0].Id, Assert.Single(await DeliveriesAsync()).Id);
    }

    [Fact]
    public async Task A_message_replayed_in_time_stays()
    {
        await PublishAsync(New());
        var endpoint = await EndpointAsync();
        var message = Assert.Single(await Store.FindMessagesAsync(new MessageFilter(), Cancel));
        await AdvanceAsync(TimeSpan.FromDays(29));
        await Store.ReplayAsync([message.Number], endpoint.Number, Cancel);
        await AdvanceAsync(TimeSpan.FromDays(29));

        Assert.Equal((0, 0), await PurgeAllAsync());
        Assert.Equal(message.Id, (await ClaimAsync()).Only.Message.Id);
    }

    [Fact]
    public async Task A_key_outlives_its_message()
    {
        var limits = new RetentionLimits { Succeeded = TimeSpan.FromHours(1), Failed = TimeSpan.FromHours(1) };
        var keyed = New(Some.Message() with { IdempotencyKey = "k" }) with { IdempotencyWindow = TimeSpan.FromDays(1) };
        await PublishAsync(keyed);
        await AdvanceAsync(TimeSpan.FromHours(2));
        Assert.Equal((0, 1), await PurgeAllAsync(limits));

        var again = await PublishAsync(keyed with { Message = Some.Message() with { IdempotencyKey = "k" } });

        Assert.Equal((keyed.Message.Id, MessageDuplicate.SameIdempotencyKey), (again.MessageId, again.Duplicate));
        Assert.Empty(await Store.FindMessagesAsync(new MessageFilter(), Cancel));
    }

    [Fact]
    public async Task A_key_whose_window_is_over_is_free_after_a_purge_as_well()
    {
        var keyed = New(Some.Message() with { IdempotencyKey = "k" }) with { IdempotencyWindow = TimeSpan.FromHours(1) };
        await PublishAsync(keyed);
        await AdvanceAsync(TimeSpan.FromHours(2));
        await PurgeAllAsync();

        var again = await PublishAsync(keyed with { Message = Some.Message() with { IdempotencyKey = "k" } });

        Assert.Equal(MessageDuplicate.None, again.Duplicate);
    }

    [Fact]
    public async Task A_purge_leaves_a_key_that_was_taken_anew()
    {
        var keyed = New(Some.Message() with { IdempotencyKey = "k" }) with { IdempotencyWindow = TimeSpan.FromHours(1) };
        await PublishAsync(keyed);
        await AdvanceAsync(TimeSpan.FromHours(2));
        var second = await PublishAsync(keyed with { Message = Some.Message() with { IdempotencyKey = "k" } });
        await PurgeAllAsync();

        var third = await PublishAsync(keyed with { Message = Some.Message() with { IdempotencyKey = "k" } });

        Assert.Equal(MessageDuplicate.None, second.Duplicate);
        Assert.Equal((second.MessageId, MessageDuplicate.SameIdempotencyKey), (third.MessageId, third.Duplicate));
    }

    [Fact]
    public async Task A_purge_leaves_keys_whose_window_goes_on()
    {
        var keyed = New(Some.Message() with { IdempotencyKey = "k" }) with { IdempotencyWindow = TimeSpan.FromHours(3) };
        await PublishAsync(keyed);
        await AdvanceAsync(TimeSpan.FromHours(2));
        await PurgeAllAsync();

        var again = await PublishAsync(keyed with { Message = Some.Message() with { IdempotencyKey = "k" } });

        Assert.Equal(MessageDuplicate.SameIdempotencyKey, again.Duplicate);
    }

    private async Task<(int Deliveries, int Messages)> PurgeAllAsync(RetentionLimits? limits = null)
    {
        var (deliveries, messages) = (0, 0);
        for (var rounds = 0; rounds < 100; rounds++)
        {
            var result = await Store.PurgeAsync(limits ?? Limits, Cancel);
            (deliveries, messages) = (deliveries + result.Deliveries, messages + result.Messages);
            if (!result.HasMore)
                return (deliveries, messages);
        }

        throw new InvalidOperationException("The store says for ever that it has more to purge.");
    }
}
