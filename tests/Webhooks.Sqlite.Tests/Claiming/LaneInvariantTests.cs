namespace Webhooks.Tests;

/// <summary>
/// Whatever is done to the store, and by whom: no delivery is forgotten because its endpoint is looked at too late, and
/// the counters count what is there.
/// </summary>
public sealed class LaneInvariantTests
{
    private const string Forgotten = """
        SELECT count(*) FROM webhook_pending p
        JOIN webhook_endpoints e ON e.number = p.endpoint AND e.state = 0
        LEFT JOIN webhook_lanes l ON l.endpoint = p.endpoint
        WHERE p.held = 0
            AND (l.look_at IS NULL
                OR l.look_at > max(p.due, CASE WHEN p.lease IS NULL THEN 0 ELSE p.leased_until END))
        """;

    private const string WronglyHeld = """
        SELECT count(*) FROM webhook_pending p
        WHERE p.held <> (p.ordering_key IS NOT NULL AND EXISTS (
            SELECT 1 FROM webhook_pending o
            WHERE o.endpoint = p.endpoint AND o.tenant = p.tenant AND o.ordering_key = p.ordering_key AND o.id < p.id))
        """;

    private const string Miscounted =
        "SELECT abs(pending - (SELECT count(*) FROM webhook_pending)) FROM webhook_meta";

    private const string Doubled = "SELECT count(*) FROM webhook_pending JOIN webhook_done USING (id)";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Nothing_is_forgotten_whatever_is_done(int seed)
    {
        await using var test = TestStore.New();
        await using var other = TestStore.On(test.Database, clock: test.Clock);
        var actor = new RandomActor(seed, test, other);
        await actor.StartAsync();

        for (var step = 0; step < 250; step++)
        {
            var action = await actor.ActAsync();

            Assert.Equal(
                (step, action, 0L, 0L, 0L, 0L),
                (step, action, test.Ask(Forgotten), test.Ask(WronglyHeld), test.Ask(Miscounted), test.Ask(Doubled)));
        }

        await AssertAllDeliverableAsync(test);
    }

    private static async Task AssertAllDeliverableAsync(TestStore test)
    {
        foreach (var endpoint in (await test.Store.ReadEndpointsAsync(0, TestStore.Cancel)).Endpoints)
            await test.Store.UpdateEndpointAsync(endpoint with { State = EndpointState.Enabled }, TestStore.Cancel);

        for (var round = 0; round < 2000; round++)
        {
            test.Clock.Advance(TimeSpan.FromMinutes(5));
            var claim = await test.ClaimAsync();
            await test.Store.CompleteAsync([.. claim.Deliveries.Select(claim.Succeed)], TestStore.Cancel);
            if ((await test.Store.MeasureAsync(TestStore.Cancel)).Pending == 0)
                return;
        }

        Assert.Fail("Some deliveries are never claimed.");
    }
}
