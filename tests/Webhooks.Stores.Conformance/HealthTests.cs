namespace Webhooks.Stores;

/// <summary>The store knows for how long an endpoint has been failing.</summary>
/// <typeparam name="THarness">How the store under test is made.</typeparam>
public abstract class HealthTests<THarness> : StoreTests<THarness>
    where THarness : StoreHarness, new()
{
    [Fact]
    public async Task Failing_begins_with_the_first_note()
    {
        var endpoint = await EndpointAsync();
        await AdvanceAsync(TimeSpan.FromHours(5));

        var failing = await Store.MarkFailingAsync(endpoint.Number, Cancel);

        AssertAbout(TimeSpan.Zero, failing);
    }

    [Fact]
    public async Task Later_notes_leave_the_beginning()
    {
        var endpoint = await EndpointAsync();
        await Store.MarkFailingAsync(endpoint.Number, Cancel);
        await AdvanceAsync(TimeSpan.FromHours(2));
        await Store.MarkFailingAsync(endpoint.Number, Cancel);
        await AdvanceAsync(TimeSpan.FromHours(3));

        var failing = await Store.MarkFailingAsync(endpoint.Number, Cancel);

        AssertAbout(TimeSpan.FromHours(5), failing);
    }

    [Fact]
    public async Task Health_ends_failing()
    {
        var endpoint = await EndpointAsync();
        await Store.MarkFailingAsync(endpoint.Number, Cancel);
        await AdvanceAsync(TimeSpan.FromHours(2));
        await Store.MarkHealthyAsync(endpoint.Number, Cancel);
        await AdvanceAsync(TimeSpan.FromHours(1));

        AssertAbout(TimeSpan.Zero, await Store.MarkFailingAsync(endpoint.Number, Cancel));
        await AdvanceAsync(TimeSpan.FromHours(4));
        AssertAbout(TimeSpan.FromHours(4), await Store.MarkFailingAsync(endpoint.Number, Cancel));
    }

    [Fact]
    public async Task A_success_since_makes_failing_shorter()
    {
        var endpoint = await EndpointAsync();
        await Store.MarkFailingAsync(endpoint.Number, Cancel);
        await AdvanceAsync(TimeSpan.FromHours(2));
        await DeliverAsync(endpoint, (claim, delivery) => claim.Succeed(delivery));
        await AdvanceAsync(TimeSpan.FromHours(3));

        var failing = await Store.MarkFailingAsync(endpoint.Number, Cancel);

        AssertAbout(TimeSpan.FromHours(3), failing);
    }

    [Fact]
    public async Task A_success_before_the_first_note_changes_nothing()
    {
        var endpoint = await EndpointAsync();
        await DeliverAsync(endpoint, (claim, delivery) => claim.Succeed(delivery));
        await AdvanceAsync(TimeSpan.FromHours(2));
        await Store.MarkFailingAsync(endpoint.Number, Cancel);
        await AdvanceAsync(TimeSpan.FromHours(3));

        var failing = await Store.MarkFailingAsync(endpoint.Number, Cancel);

        AssertAbout(TimeSpan.FromHours(3), failing);
    }

    [Fact]
    public async Task Failed_and_cancelled_deliveries_are_no_success()
    {
        var endpoint = await EndpointAsync();
        await Store.MarkFailingAsync(endpoint.Number, Cancel);
        await AdvanceAsync(TimeSpan.FromHours(2));
        await DeliverAsync(endpoint, (claim, delivery) => claim.Fail(delivery));
        await DeliverAsync(endpoint, (claim, delivery) => claim.Complete(delivery, DeliveryState.Cancelled));
        await AdvanceAsync(TimeSpan.FromHours(3));

        var failing = await Store.MarkFailingAsync(endpoint.Number, Cancel);

        AssertAbout(TimeSpan.FromHours(5), failing);
    }

    [Fact]
    public async Task Endpoints_fail_each_for_itself()
    {
        var (one, two) = (await EndpointAsync(), await EndpointAsync());
        await Store.MarkFailingAsync(one.Number, Cancel);
        await AdvanceAsync(TimeSpan.FromHours(2));
        await Store.MarkHealthyAsync(two.Number, Cancel);
        await DeliverAsync(two, (claim, delivery) => claim.Succeed(delivery));

        AssertAbout(TimeSpan.FromHours(2), await Store.MarkFailingAsync(one.Number, Cancel));
        AssertAbout(TimeSpan.Zero, await Store.MarkFailingAsync(two.Number, Cancel));
    }

    [Fact]
    public async Task Notes_are_no_writes_of_the_endpoint()
    {
        var endpoint = await EndpointAsync();
        var revision = await RevisionAsync();

        await Store.MarkFailingAsync(endpoint.Number, Cancel);
        await Store.MarkHealthyAsync(endpoint.Number, Cancel);

        Assert.Equal(revision, await RevisionAsync());
        Assert.NotNull(await Store.UpdateEndpointAsync(endpoint, Cancel));
    }

    [Fact]
    public async Task A_write_of_the_endpoint_leaves_how_long_it_fails()
    {
        var endpoint = await EndpointAsync();
        await Store.MarkFailingAsync(endpoint.Number, Cancel);
        await AdvanceAsync(TimeSpan.FromHours(2));

        await Store.UpdateEndpointAsync(endpoint with { DisabledReason = "none" }, Cancel);

        AssertAbout(TimeSpan.FromHours(2), await Store.MarkFailingAsync(endpoint.Number, Cancel));
    }

    private async Task DeliverAsync(EndpointRecord endpoint, Func<Claim, LeasedDelivery, DeliveryOutcome> complete)
    {
        await PublishAsync(endpoint);
        var claim = await ClaimAsync();
        await CompleteAsync(complete(claim, claim.Only));
    }

    private static void AssertAbout(TimeSpan expected, TimeSpan actual)
        => Assert.InRange(actual, expected - TimeSpan.FromSeconds(1), expected + Slack);
}
