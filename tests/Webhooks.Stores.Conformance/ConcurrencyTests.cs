using System.Collections.Concurrent;

namespace Webhooks.Stores;

/// <summary>Many at once lose nothing and double nothing.</summary>
/// <typeparam name="THarness">How the store under test is made.</typeparam>
public abstract class ConcurrencyTests<THarness> : StoreTests<THarness>
    where THarness : StoreHarness, new()
{
    private const int Workers = 6;

    [Fact]
    public async Task Publishers_and_claimers_lose_and_double_nothing()
    {
        const int batches = 15, perBatch = 10;
        var endpoints = await EndpointsAsync(5);
        var revision = await RevisionAsync();
        var done = new ConcurrentBag<(string, long)>();
        var expected = Workers * batches * perBatch * endpoints.Length;
        var publishers = ManyAsync(async _ =>
        {
            for (var batch = 0; batch < batches; batch++)
            {
                var messages = Enumerable.Range(0, perBatch).Select(_ => New(endpoints)).ToArray();
                var outcome = await Store.PublishAsync(new PublishBatch(messages, revision), Cancel);
                Assert.All(outcome.Messages, stored => Assert.Equal(MessageDuplicate.None, stored.Duplicate));
            }
        });

        await Task.WhenAll(publishers, ManyAsync(_ => DeliverUntilAsync(done, expected)));

        Assert.Equal(expected, done.Count);
        Assert.Equal(expected, done.Distinct().Count());
        Assert.All(await DeliveriesAsync(), found => Assert.Equal((DeliveryState.Succeeded, 1), (found.State, found.Attempts)));
        Assert.Equal(expected, (await DeliveriesAsync()).Count);
    }

    [Fact]
    public async Task Claims_at_once_never_share_a_delivery()
    {
        var endpoints = await EndpointsAsync(3);
        await PublishAllAsync(Enumerable.Range(0, 100).Select(_ => New(endpoints)));
        var claimed = new ConcurrentBag<long>();

        await ManyAsync(async _ =>
        {
            for (var round = 0; round < 10; round++)
            {
                foreach (var id in (await ClaimAsync(maxCount: 7)).Ids)
                    claimed.Add(id);
            }
        });
        foreach (var id in (await ClaimAsync()).Ids)
            claimed.Add(id);

        Assert.Equal(300, claimed.Distinct().Count());
        Assert.Equal(300, claimed.Count);
    }

    [Theory]
    [InlineData("a key")]
    [InlineData(null)]
    public async Task Of_many_that_publish_the_same_at_once_one_is_first(string? key)
    {
        var endpoint = await EndpointAsync();
        var revision = await RevisionAsync();
        var id = Some.Message().Id;

        var stored = await ManyAsync(async _ =>
        {
            var message = key is null ? Some.Message() with { Id = id } : Some.Message() with { IdempotencyKey = key };
            var one = New(message, endpoint) with { IdempotencyWindow = TimeSpan.FromHours(1) };
            var outcome = await Store.PublishAsync(new PublishBatch([New(endpoint), one, New(endpoint)], revision), Cancel);
            return outcome.Messages[1];
        });

        Assert.Single(stored, one => one.Duplicate == MessageDuplicate.None);
        Assert.Single(stored.DistinctBy(one => one.MessageId));
        Assert.All(stored, one => Assert.Equal(1, one.DeliveryCount));
        Assert.Equal((Workers * 2) + 1, (await DeliveriesAsync()).Count);
    }

    [Fact]
    public async Task A_delivery_completed_and_cancelled_at_once_is_one_of_both()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync(Enumerable.Range(0, 200).Select(_ => New(endpoint)));
        var claim = await ClaimAsync();
        var halves = claim.Deliveries.Chunk(20).ToArray();

        var completing = Task.Run(() => Task.WhenAll(halves.Select(half =>
            TryCompleteAsync([.. half.Select(claim.Succeed)]))), Cancel);
        var cancelling = Task.Run(() => Task.WhenAll(halves.Reverse().Select(half =>
            Store.CancelAsync([.. half.Select(delivery => delivery.Id).Reverse()], Cancel))), Cancel);
        var completed = (await completing).SelectMany(written => written).Count(written => written);
        var cancelled = (await cancelling).Sum();

        Assert.Equal(200, completed + cancelled);
        Assert.Equal(completed, (await DeliveriesAsync()).Count(found => found.State == DeliveryState.Succeeded));
        Assert.Equal(cancelled, (await DeliveriesAsync()).Count(found => found.State == DeliveryState.Cancelled));
    }

    [Fact]
    public async Task Of_many_that_write_an_endpoint_at_once_one_succeeds()
    {
        var endpoint = await EndpointAsync();

        var written = await ManyAsync(worker =>
            Store.UpdateEndpointAsync(endpoint with { DisabledReason = $"worker {worker}" }, Cancel));

        var winner = Assert.Single(written, one => one is not null);
        var stored = Assert.Single((await Store.ReadEndpointsAsync(0, Cancel)).Endpoints);
        Assert.Equal(winner!.DisabledReason, stored.DisabledReason);
    }

    [Fact]
    public async Task Who_follows_the_revisions_misses_no_endpoint()
    {
        var seen = new HashSet<long>();
        var revision = await RevisionAsync();
        var writers = ManyAsync(async _ => await EndpointsAsync(20));

        bool ended;
        do
        {
            ended = writers.IsCompleted;
            var changes = await Store.ReadEndpointsAsync(revision, Cancel);
            seen.UnionWith(changes.Endpoints.Select(endpoint => endpoint.Number));
            revision = changes.Revision;
        }
        while (!ended);

        await writers;
        Assert.Equal(Workers * 20, seen.Count);
    }

    [Fact]
    public async Task A_key_is_delivered_in_order_while_many_publish_to_it()
    {
        const int each = 20;
        var endpoint = await EndpointAsync();
        var revision = await RevisionAsync();
        var order = new List<long>();
        var publishers = ManyAsync(async _ =>
        {
            for (var number = 0; number < each; number++)
            {
                var message = New(Some.Message() with { OrderingKey = "k" }, endpoint);
                await Store.PublishAsync(new PublishBatch([message], revision), Cancel);
            }
        });

        while (order.Count < Workers * each)
        {
            var claim = await ClaimAsync();
            order.AddRange(claim.Ids);
            await CompleteAsync([.. claim.Deliveries.Select(claim.Succeed)]);
            if (claim.Deliveries.Count == 0 && publishers.IsFaulted)
                break;
        }

        await publishers;
        Assert.Equal(order.Order(), order);
        Assert.Equal(Workers * each, order.Count);
    }

    [Fact]
    public async Task Many_can_initialise_at_once_and_again()
    {
        await PublishAsync(await EndpointAsync());

        await ManyAsync(_ => Store.InitializeAsync(Cancel));

        Assert.Single((await ClaimAsync()).Deliveries);
    }

    private async Task DeliverUntilAsync(ConcurrentBag<(string, long)> done, int expected)
    {
        while (done.Count < expected)
        {
            Cancel.ThrowIfCancellationRequested();
            var claim = await ClaimAsync(maxCount: 40);
            await CompleteAsync([.. claim.Deliveries.Select(claim.Succeed)]);
            foreach (var delivery in claim.Deliveries)
                done.Add((delivery.Message.Id, delivery.EndpointNumber));
        }
    }

    private static Task ManyAsync(Func<int, Task> work)
        => Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => work(worker), Cancel)));

    private static Task<T[]> ManyAsync<T>(Func<int, Task<T>> work)
        => Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => work(worker), Cancel)));
}
