namespace Webhooks.Stores;

/// <summary>Where there is more work than capacity, everybody has a share.</summary>
/// <typeparam name="THarness">How the store under test is made.</typeparam>
public abstract class SharingTests<THarness> : StoreTests<THarness>
    where THarness : StoreHarness, new()
{
    [Fact]
    public async Task First_tries_of_an_endpoint_go_before_its_retries()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync(Many(5, endpoint));
        var claim = await ClaimAsync();
        await CompleteAsync([.. claim.Deliveries.Select(delivery => claim.Retry(delivery, TimeSpan.Zero))]);
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        await PublishAllAsync(Many(5, endpoint));

        var all = await ClaimAsync();

        Assert.Equal([0, 0, 0, 0, 0, 1, 1, 1, 1, 1], all.Deliveries.Select(delivery => delivery.Tries));
    }

    [Fact]
    public async Task First_tries_of_all_endpoints_go_before_retries()
    {
        var (failing, fresh) = (await EndpointAsync(), await EndpointAsync());
        await PublishAllAsync(Many(10, failing));
        var claim = await ClaimAsync();
        await CompleteAsync([.. claim.Deliveries.Select(delivery => claim.Retry(delivery, TimeSpan.Zero))]);
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        await PublishAllAsync(Many(10, fresh));

        var next = await ClaimAsync(maxCount: 10);

        Assert.All(next.Deliveries, delivery => Assert.Equal(fresh.Number, delivery.EndpointNumber));
        Assert.Equal(10, next.Deliveries.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_an_endpoints_limit_half_goes_to_its_retries(bool isOrdered)
    {
        var endpoint = await EndpointWithRetriesAsync(10, isOrdered);
        await PublishAllAsync(Many(10, endpoint, isOrdered));

        var claim = await ClaimAsync(endpointLimit: 6);

        Assert.Equal([0, 0, 0, 1, 1, 1], claim.Deliveries.Select(delivery => delivery.Tries));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task A_limit_of_one_goes_to_whom_the_claim_favors(bool favorsRetries, int tries)
    {
        var endpoint = await EndpointWithRetriesAsync(3, isOrdered: false);
        await PublishAllAsync(Many(3, endpoint));

        var claim = await ClaimAsync(Request(endpointLimit: 1) with { FavorsRetries = favorsRetries });

        Assert.Equal(tries, claim.Only.Tries);
    }

    [Theory]
    [InlineData(2, 10, 8)]
    [InlineData(10, 2, 2)]
    [InlineData(1, 10, 9)]
    [InlineData(10, 1, 1)]
    public async Task What_retries_or_first_tries_leave_of_a_limit_is_free_for_the_others(
        int firstTries, int retries, int retriesClaimed)
    {
        var endpoint = await EndpointWithRetriesAsync(retries, isOrdered: false);
        await PublishAllAsync(Many(firstTries, endpoint));

        var claim = await ClaimAsync(endpointLimit: 10);

        Assert.Equal(10, claim.Deliveries.Count);
        Assert.Equal(retriesClaimed, claim.Deliveries.Count(delivery => delivery.Tries == 1));
    }

    [Fact]
    public async Task Where_the_claim_itself_is_too_small_first_tries_go_first()
    {
        var endpoint = await EndpointWithRetriesAsync(10, isOrdered: false);
        await PublishAllAsync(Many(20, endpoint));

        var claim = await ClaimAsync(maxCount: 4, endpointLimit: 30);

        Assert.Equal([0, 0, 0, 0], claim.Deliveries.Select(delivery => delivery.Tries));
    }

    [Fact]
    public async Task Of_an_endpoint_what_was_due_first_goes_first()
    {
        var endpoint = await EndpointAsync();
        foreach (var minutes in (int[])[3, 1, 2])
            await PublishAsync(New(endpoint) with { Delay = TimeSpan.FromMinutes(minutes) });
        var ids = (await DeliveriesAsync()).Select(delivery => delivery.Id).ToArray();
        await AdvanceAsync(TimeSpan.FromMinutes(5));

        var claim = await ClaimAsync();

        Assert.Equal([ids[1], ids[2], ids[0]], claim.Ids);
    }

    [Fact]
    public async Task Of_what_is_due_at_once_the_oldest_goes_first()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync(Many(20, endpoint));

        var claim = await ClaimAsync(maxCount: 5);

        Assert.Equal((await DeliveriesAsync()).Take(5).Select(delivery => delivery.Id), claim.Ids);
    }

    [Fact]
    public async Task A_tenant_with_little_work_waits_for_none_with_much()
    {
        var busy = await EndpointsAsync(10, "busy");
        var quiet = await EndpointAsync("quiet");
        await PublishAllAsync(Enumerable.Range(0, 20).Select(_ => New(Some.Message("busy"), busy)));
        await PublishAllAsync(Enumerable.Range(0, 20).Select(_ => New(Some.Message("quiet"), quiet)));

        var claim = await ClaimAsync(maxCount: 10);

        Assert.Equal(5, claim.Deliveries.Count(delivery => delivery.EndpointNumber == quiet.Number));
    }

    [Fact]
    public async Task Endpoints_of_a_tenant_have_equal_shares()
    {
        var endpoints = await EndpointsAsync(4);
        await PublishAllAsync(Many(100, endpoints[0]));
        await PublishAllAsync(Enumerable.Range(0, 10).Select(_ => New(endpoints)));

        var claim = await ClaimAsync(maxCount: 20);

        Assert.All(
            claim.Deliveries.CountBy(delivery => delivery.EndpointNumber), share => Assert.Equal(5, share.Value));
    }

    [Fact]
    public async Task What_others_leave_is_free_for_who_has_work()
    {
        var (busy, quiet) = (await EndpointAsync("busy"), await EndpointAsync("quiet"));
        await PublishAllAsync(Enumerable.Range(0, 20).Select(_ => New(Some.Message("busy"), busy)));
        await PublishAsync(New(Some.Message("quiet"), quiet));

        var claim = await ClaimAsync(maxCount: 10);

        Assert.Equal(10, claim.Deliveries.Count);
        Assert.Contains(claim.Deliveries, delivery => delivery.EndpointNumber == quiet.Number);
    }

    [Fact]
    public async Task Claims_go_on_until_every_endpoint_was_seen()
    {
        var endpoints = await EndpointsAsync(150);
        await PublishAsync(endpoints);

        var claims = await ClaimAllAsync(Request());

        Assert.Equal(
            endpoints.Select(endpoint => endpoint.Number),
            claims.SelectMany(claim => claim.Deliveries).Select(delivery => delivery.EndpointNumber).Order());
    }

    [Fact]
    public async Task Endpoints_at_their_limit_do_not_hide_one_that_has_work()
    {
        var endpoints = await EndpointsAsync(300);
        await PublishAsync(endpoints);
        var limits = endpoints[..^1].ToDictionary(endpoint => endpoint.Number, _ => 0);

        var claims = await ClaimAllAsync(Request() with { EndpointLimits = limits });

        Assert.Equal(
            endpoints[^1].Number, Assert.Single(claims.SelectMany(claim => claim.Deliveries)).EndpointNumber);
    }

    [Fact]
    public async Task Endpoints_that_wait_do_not_hide_one_that_has_work()
    {
        var endpoints = await EndpointsAsync(300);
        await PublishAsync(New(endpoints[..^1]) with { Delay = TimeSpan.FromHours(1) });
        await PublishAsync(endpoints[^1]);

        var claims = await ClaimAllAsync(Request());

        Assert.Equal(
            endpoints[^1].Number, Assert.Single(claims.SelectMany(claim => claim.Deliveries)).EndpointNumber);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(100)]
    [InlineData(128)]
    public async Task Under_more_work_than_capacity_every_endpoint_has_its_turn(int count)
    {
        var endpoints = await EndpointsAsync(count);
        await PublishAllAsync(Enumerable.Range(0, 20).Select(_ => New(endpoints)));
        var seen = new HashSet<long>();
        var cursor = 0L;

        for (var round = 0; round < count / 3; round++)
        {
            var claim = await ClaimAsync(Request(maxCount: 10, endpointLimit: 2, cursor));
            Assert.Equal(10, claim.Deliveries.Count);
            seen.UnionWith(claim.Deliveries.Select(delivery => delivery.EndpointNumber));
            cursor = claim.Result.Cursor;
        }

        Assert.Equal(count, seen.Count);
    }

    [Fact]
    public async Task A_cursor_beyond_all_endpoints_begins_anew()
    {
        await PublishAsync(await EndpointAsync());

        var claims = await ClaimAllAsync(Request(cursor: long.MaxValue));
        var more = await ClaimAsync(Request(cursor: long.MaxValue));

        Assert.Single(claims.Append(more).SelectMany(claim => claim.Deliveries));
    }

    private async Task<EndpointRecord> EndpointWithRetriesAsync(int count, bool isOrdered)
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync(Many(count, endpoint, isOrdered));
        var claim = await ClaimAsync();
        await CompleteAsync([.. claim.Deliveries.Select(delivery => claim.Retry(delivery, TimeSpan.Zero))]);
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        return endpoint;
    }

    // Each of those with an ordering key has one of its own, and so waits for none.
    private static IEnumerable<NewMessage> Many(int count, EndpointRecord endpoint, bool isOrdered = false)
    {
        for (var i = 0; i < count; i++)
        {
            var message = Some.Message();
            yield return New(message with { OrderingKey = isOrdered ? message.Id : null }, endpoint);
        }
    }
}
