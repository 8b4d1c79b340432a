using Microsoft.Extensions.Time.Testing;

namespace Webhooks.Tests;

/// <summary>What a claim costs doesn't grow with the backlog, nor with the history, nor with endpoints that wait.</summary>
public sealed class FlatClaimTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task Neither_backlog_nor_history_makes_a_claim_dearer(int endpoints)
    {
        var few = await StepsOfAClaimAsync(endpoints, pending: 400, done: 400);
        var many = await StepsOfAClaimAsync(endpoints, pending: 20_000, done: 20_000);

        Assert.InRange(many, 1, few * 1.3);
    }

    [Fact]
    public async Task Endpoints_that_wait_for_their_retries_cost_a_claim_next_to_nothing()
    {
        await using var alone = TestStore.New();
        await PublishAsync(alone, [await alone.EndpointAsync()], 200);
        await using var among = TestStore.New();
        var failing = new List<EndpointRecord>();
        for (var i = 0; i < 300; i++)
            failing.Add(await among.EndpointAsync());
        await PublishAsync(among, failing, 300);
        var claim = await among.ClaimAsync();
        await among.Store.CompleteAsync(
            [.. claim.Deliveries.Select(delivery => claim.Retry(delivery, TimeSpan.FromHours(1)))], TestStore.Cancel);
        await among.ClaimAsync();
        await PublishAsync(among, [await among.EndpointAsync()], 200);

        var (few, many) = (await StepsAsync(alone), await StepsAsync(among));

        // Ten steps for each endpoint that waits, where the deliveries themselves take sixty each.
        Assert.InRange(many, few, few + (300 * 12));
    }

    private static async Task<long> StepsOfAClaimAsync(int endpoints, int pending, int done)
    {
        await using var test = TestStore.New();
        var subscribed = new List<EndpointRecord>();
        for (var i = 0; i < endpoints; i++)
            subscribed.Add(await test.EndpointAsync());
        await PublishAsync(test, subscribed, done);
        while (await test.ClaimAsync() is { Deliveries.Count: > 0 } claim)
            await test.Store.CompleteAsync([.. claim.Deliveries.Select(claim.Succeed)], TestStore.Cancel);
        await PublishAsync(test, subscribed, pending);
        return await StepsAsync(test);
    }

    private static async Task PublishAsync(TestStore test, List<EndpointRecord> endpoints, int count)
    {
        for (var sent = 0; sent < count; sent += 1000)
        {
            await test.Store.PublishAsync(
                await test.BatchAsync([.. Enumerable.Range(sent, Math.Min(1000, count - sent))
                    .Select(number => TestStore.Message(endpoints[number % endpoints.Count]))]),
                TestStore.Cancel);
        }
    }

    // Counted by SQLite itself, since time would tell more of the machine.
    private static async Task<long> StepsAsync(TestStore test)
    {
        await test.Store.DisposeAsync();
        var clock = new FakeTimeProvider(test.Clock.GetUtcNow());
        using var connection = new SqliteDatabase(test.Options).OpenWriter();
        var transaction = new WriteTransaction(connection, clock);
        transaction.Begin();
        var memory = new ClaimMemory();
        Claimer.Claim(transaction, TestStore.Request(100), memory);
        var before = connection.Steps;

        var claim = Claimer.Claim(transaction, TestStore.Request(100), memory);

        var steps = connection.Steps - before;
        transaction.Rollback();
        Assert.Equal(100, claim.Deliveries.Count);
        return steps;
    }
}
