using System.Security.Cryptography;

namespace Webhooks.Stores;

/// <summary>Endpoints are kept, and nobody's write is lost under another's.</summary>
/// <typeparam name="THarness">How the store under test is made.</typeparam>
public abstract class EndpointTests<THarness> : StoreTests<THarness>
    where THarness : StoreHarness, new()
{
    [Fact]
    public async Task A_new_store_has_no_endpoints()
        => Assert.Empty((await Store.ReadEndpointsAsync(0, Cancel)).Endpoints);

    [Fact]
    public async Task An_endpoint_comes_back_as_it_was()
    {
        var endpoint = Some.Endpoint("acme") with
        {
            State = EndpointState.Disabled,
            DisabledReason = "It's \"down\"; – 名",
            Settings = RandomNumberGenerator.GetBytes(100_000),
        };

        var created = await Store.CreateEndpointAsync(endpoint, Cancel);

        Assert.NotNull(created);
        Assert.True(created.Number >= 1);
        Assert.NotEqual(default, created.CreatedAt);
        Assert.Equal(created.CreatedAt, created.UpdatedAt);
        AssertSame(
            endpoint with
            {
                Number = created.Number,
                CreatedAt = created.CreatedAt,
                UpdatedAt = created.UpdatedAt,
                Revision = created.Revision,
            },
            created);
        AssertSame(created, Assert.Single((await Store.ReadEndpointsAsync(0, Cancel)).Endpoints));
    }

    [Fact]
    public async Task A_write_takes_the_next_revision()
    {
        var before = await RevisionAsync();

        var created = await EndpointAsync();
        var updated = await Store.UpdateEndpointAsync(created, Cancel);

        Assert.True(created.Revision > before);
        Assert.True(updated!.Revision > created.Revision);
        Assert.Equal(updated.Revision, await RevisionAsync());
    }

    [Fact]
    public async Task An_id_is_taken_once()
    {
        var endpoint = await EndpointAsync();
        var revision = await RevisionAsync();

        var again = await Store.CreateEndpointAsync(Some.Endpoint("acme") with { Id = endpoint.Id }, Cancel);

        Assert.Null(again);
        Assert.Equal(revision, await RevisionAsync());
        AssertSame(endpoint, Assert.Single((await Store.ReadEndpointsAsync(0, Cancel)).Endpoints));
    }

    [Fact]
    public async Task A_deleted_endpoint_keeps_its_id_and_number()
    {
        var endpoint = await EndpointAsync();
        await Store.UpdateEndpointAsync(endpoint with { State = EndpointState.Deleted }, Cancel);

        var again = await Store.CreateEndpointAsync(Some.Endpoint() with { Id = endpoint.Id }, Cancel);
        var other = await EndpointAsync();

        Assert.Null(again);
        Assert.True(other.Number > endpoint.Number);
    }

    [Fact]
    public async Task A_write_changes_what_it_says()
    {
        var created = await EndpointAsync();
        await AdvanceAsync(TimeSpan.FromHours(1));
        var change = created with
        {
            State = EndpointState.Disabled,
            DisabledReason = "by hand",
            Settings = RandomNumberGenerator.GetBytes(70),
        };

        var updated = await Store.UpdateEndpointAsync(change, Cancel);

        Assert.NotNull(updated);
        Assert.InRange(
            updated.UpdatedAt - updated.CreatedAt, TimeSpan.FromHours(1), TimeSpan.FromHours(1) + Slack);
        AssertSame(
            change with
            {
                CreatedAt = updated.CreatedAt,
                UpdatedAt = updated.UpdatedAt,
                Revision = updated.Revision,
            },
            updated);
        AssertSame(updated, Assert.Single((await Store.ReadEndpointsAsync(0, Cancel)).Endpoints));
    }

    [Fact]
    public async Task A_write_over_another_is_refused()
    {
        var read = await EndpointAsync();
        var first = await Store.UpdateEndpointAsync(read with { DisabledReason = "first" }, Cancel);
        var revision = await RevisionAsync();

        var second = await Store.UpdateEndpointAsync(read with { DisabledReason = "second" }, Cancel);

        Assert.Null(second);
        Assert.Equal(revision, await RevisionAsync());
        AssertSame(first!, Assert.Single((await Store.ReadEndpointsAsync(0, Cancel)).Endpoints));
    }

    [Fact]
    public async Task A_deletion_of_what_another_wrote_is_refused_and_cancels_nothing()
    {
        var read = await EndpointAsync();
        await Store.UpdateEndpointAsync(read, Cancel);
        await PublishAsync(read);

        var deleted = await Store.UpdateEndpointAsync(read with { State = EndpointState.Deleted }, Cancel);

        Assert.Null(deleted);
        Assert.Equal(DeliveryState.Pending, Assert.Single(await DeliveriesAsync()).State);
    }

    [Fact]
    public async Task An_endpoint_that_nobody_knows_is_not_written()
    {
        var endpoint = await EndpointAsync();

        Assert.Null(await Store.UpdateEndpointAsync(endpoint with { Number = endpoint.Number + 100 }, Cancel));
    }

    [Fact]
    public async Task What_changed_since_a_revision_is_read_once_in_its_latest_form()
    {
        var endpoints = await EndpointsAsync(4);
        var revision = await RevisionAsync();
        var once = await Store.UpdateEndpointAsync(endpoints[1] with { DisabledReason = "once" }, Cancel);
        var twice = await Store.UpdateEndpointAsync(once! with { DisabledReason = "twice" }, Cancel);
        var deleted = await Store.UpdateEndpointAsync(endpoints[2] with { State = EndpointState.Deleted }, Cancel);
        var created = await EndpointAsync();

        var changes = await Store.ReadEndpointsAsync(revision, Cancel);

        Assert.Equal(created.Revision, changes.Revision);
        Assert.Equal(
            [(twice!.Number, "twice"), (deleted!.Number, null), (created.Number, null)],
            changes.Endpoints.OrderBy(found => found.Number).Select(found => (found.Number, found.DisabledReason)));
        Assert.Contains(changes.Endpoints, found => found.State == EndpointState.Deleted);
    }

    [Fact]
    public async Task Nothing_changed_since_the_latest_revision()
    {
        await EndpointAsync();
        var revision = await RevisionAsync();

        var changes = await Store.ReadEndpointsAsync(revision, Cancel);

        Assert.Empty(changes.Endpoints);
        Assert.Equal(revision, changes.Revision);
    }

    [Fact]
    public async Task Reading_from_the_beginning_leaves_out_what_is_deleted()
    {
        var endpoints = await EndpointsAsync(3);
        await Store.UpdateEndpointAsync(endpoints[1] with { State = EndpointState.Deleted }, Cancel);
        await Store.UpdateEndpointAsync(endpoints[2] with { State = EndpointState.Disabled }, Cancel);

        var changes = await Store.ReadEndpointsAsync(0, Cancel);

        Assert.Equal(
            [endpoints[0].Number, endpoints[2].Number], changes.Endpoints.Select(found => found.Number).Order());
    }

    [Fact]
    public async Task Deleting_an_endpoint_cancels_what_is_pending_for_it()
    {
        var (gone, stays) = (await EndpointAsync(), await EndpointAsync());
        await PublishAllAsync([New(gone, stays), New(Some.Message() with { OrderingKey = "k" }, gone, stays)]);
        await PublishAsync(New(gone, stays) with { Delay = TimeSpan.FromHours(1) });

        await Store.UpdateEndpointAsync(gone with { State = EndpointState.Deleted }, Cancel);

        var deliveries = (await DeliveriesAsync()).ToLookup(delivery => delivery.EndpointNumber);
        Assert.Equal(3, deliveries[gone.Number].Count());
        Assert.All(deliveries[gone.Number], delivery => Assert.Equal(DeliveryState.Cancelled, delivery.State));
        Assert.All(deliveries[gone.Number], delivery => Assert.NotNull(delivery.CompletedAt));
        Assert.All(deliveries[stays.Number], delivery => Assert.Equal(DeliveryState.Pending, delivery.State));
    }

    [Fact]
    public async Task Deleting_an_endpoint_cancels_what_is_held_and_leaves_what_is_done()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync([New(endpoint), New(endpoint), New(endpoint)]);
        var claim = await ClaimAsync(maxCount: 2);
        await CompleteAsync(claim.Succeed(claim.Deliveries[0]));

        await Store.UpdateEndpointAsync(endpoint with { State = EndpointState.Deleted }, Cancel);

        Assert.Equal([false], await TryCompleteAsync(claim.Succeed(claim.Deliveries[1])));
        Assert.Equal(
            [DeliveryState.Succeeded, DeliveryState.Cancelled, DeliveryState.Cancelled],
            (await DeliveriesAsync()).Select(delivery => delivery.State));
    }

    private static void AssertSame(EndpointRecord expected, EndpointRecord actual)
    {
        Assert.Equal(expected.Settings.ToArray(), actual.Settings.ToArray());
        Assert.Equal(expected, actual with { Settings = expected.Settings });
    }
}
