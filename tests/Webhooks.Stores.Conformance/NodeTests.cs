namespace Webhooks.Stores;

/// <summary>Several nodes share one store's data. For stores that more than one process can use.</summary>
/// <typeparam name="THarness">How the store under test is made.</typeparam>
public abstract class NodeTests<THarness> : StoreTests<THarness>
    where THarness : StoreHarness, new()
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_node_that_comes_later_finds_everything()
    {
        var endpoint = await EndpointAsync();
        var stored = await PublishAsync(endpoint);

        var other = await Harness.OpenAnotherAsync();
        await other.InitializeAsync(Cancel);

        Assert.Equal(endpoint.Id, Assert.Single((await other.ReadEndpointsAsync(0, Cancel)).Endpoints).Id);
        Assert.Equal(stored.MessageId, Assert.Single((await other.ClaimAsync(Request(), Cancel)).Deliveries).Message.Id);
        Assert.Empty((await ClaimAsync()).Deliveries);
    }

    [Fact]
    public async Task A_lease_holds_against_other_nodes()
    {
        var claim = await ClaimNewAsync();
        var other = await Harness.OpenAnotherAsync();
        await other.InitializeAsync(Cancel);

        Assert.Empty((await other.ClaimAsync(Request(), Cancel)).Deliveries);
        await AdvanceAsync(LeaseTime * 2);
        Assert.Single((await other.ClaimAsync(Request(), Cancel)).Deliveries);

        Assert.Equal([false], await TryCompleteAsync(claim.Succeed(claim.Only)));
    }

    [Fact]
    public async Task Nodes_see_each_others_endpoints()
    {
        var other = await Harness.OpenAnotherAsync();
        await other.InitializeAsync(Cancel);
        var endpoint = await EndpointAsync();
        var batch = new PublishBatch([New(endpoint)], await RevisionAsync());

        var deleted = await other.UpdateEndpointAsync(endpoint with { State = EndpointState.Deleted }, Cancel);

        Assert.NotNull(deleted);
        Assert.True((await Store.PublishAsync(batch, Cancel)).IsStale);
        Assert.Null(await Store.UpdateEndpointAsync(endpoint, Cancel));
        Assert.Equal(deleted.Revision, await RevisionAsync());
    }

    [Fact]
    public async Task Many_nodes_initialise_at_once()
    {
        var nodes = new List<WebhookStore>();
        for (var i = 0; i < 6; i++)
            nodes.Add(await Harness.OpenAnotherAsync());

        await Task.WhenAll(nodes.Select(node => Task.Run(() => node.InitializeAsync(Cancel), Cancel)));

        await PublishAsync(await EndpointAsync());
        Assert.Single((await nodes[^1].ClaimAsync(Request(), Cancel)).Deliveries);
    }

    [Fact]
    public async Task Nodes_that_deliver_at_once_lose_and_double_nothing()
    {
        var endpoints = await EndpointsAsync(4);
        var nodes = new List<WebhookStore> { Store };
        for (var i = 0; i < 2; i++)
        {
            nodes.Add(await Harness.OpenAnotherAsync());
            await nodes[^1].InitializeAsync(Cancel);
        }

        await PublishAllAsync(Enumerable.Range(0, 150).Select(_ => New(endpoints)));
        var delivered = await Task.WhenAll(nodes.Select(node => Task.Run(() => DeliverAllAsync(node), Cancel)));

        Assert.Equal(600, delivered.SelectMany(ids => ids).Distinct().Count());
        Assert.Equal(600, delivered.Sum(ids => ids.Count));
        Assert.All(await DeliveriesAsync(), found => Assert.Equal(1, found.Attempts));
    }

    [Fact]
    public async Task Nodes_that_publish_the_same_key_at_once_store_one()
    {
        var endpoint = await EndpointAsync();
        var revision = await RevisionAsync();
        var nodes = new List<WebhookStore> { Store, await Harness.OpenAnotherAsync(), await Harness.OpenAnotherAsync() };
        foreach (var node in nodes.Skip(1))
            await node.InitializeAsync(Cancel);

        for (var round = 0; round < 10; round++)
        {
            var key = Some.Name("key");
            var stored = await Task.WhenAll(nodes.Select(node => Task.Run(() => PublishKeyedAsync(node, key), Cancel)));

            Assert.Single(stored, one => one.Duplicate == MessageDuplicate.None);
            Assert.Single(stored.DistinctBy(one => one.MessageId));
        }

        Assert.Equal(10, (await DeliveriesAsync()).Count);

        async Task<StoredMessage> PublishKeyedAsync(WebhookStore node, string key)
        {
            var message = New(Some.Message() with { IdempotencyKey = key }, endpoint);
            var batch = new PublishBatch([message with { IdempotencyWindow = TimeSpan.FromHours(1) }], revision);
            return Assert.Single((await node.PublishAsync(batch, Cancel)).Messages);
        }
    }

    private static async Task<List<long>> DeliverAllAsync(WebhookStore node)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(Patience);
        var delivered = new List<long>();
        while (true)
        {
            var request = Request(maxCount: 20);
            var claim = new Claim(request.Lease, await node.ClaimAsync(request, patience.Token));
            if (claim.Deliveries.Count == 0 && !claim.Result.HasMore)
                return delivered;

            var written = await node.CompleteAsync([.. claim.Deliveries.Select(claim.Succeed)], patience.Token);
            Assert.DoesNotContain(false, written);
            delivered.AddRange(claim.Ids);
        }
    }
}
