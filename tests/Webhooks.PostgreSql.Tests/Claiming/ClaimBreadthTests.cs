using Webhooks.Stores;

namespace Webhooks.Claiming;

/// <summary>A claim looks for as many endpoints as it needs.</summary>
public sealed class ClaimBreadthTests
{
    private readonly ClaimBreadth _breadth = new();

    [Fact]
    public void It_begins_in_the_middle() => Assert.Equal(64, _breadth.For(100));

    [Theory]
    [InlineData(10, 10)]
    [InlineData(200, 20)]
    [InlineData(1000, 64)]
    public void It_narrows_to_a_few_deliveries_of_each_while_claims_are_filled(int maxCount, int breadth)
    {
        for (var i = 0; i < 10; i++)
            _breadth.Note(maxCount, offered: maxCount, isCut: true, [Delivery()]);

        Assert.Equal(breadth, _breadth.For(maxCount));
    }

    [Fact]
    public void It_widens_while_endpoints_have_little()
    {
        _breadth.Note(1000, offered: 64, isCut: true, [Delivery()]);
        Assert.Equal(128, _breadth.For(1000));
        for (var i = 0; i < 10; i++)
            _breadth.Note(1000, offered: 64, isCut: true, [Delivery()]);

        Assert.Equal(256, _breadth.For(1000));
    }

    [Fact]
    public void It_does_not_soon_narrow_again_to_what_was_too_few()
    {
        for (var i = 0; i < 10; i++)
            _breadth.Note(100, offered: 100, isCut: true, [Delivery()]);
        _breadth.Note(100, offered: 60, isCut: true, [Delivery()]);

        for (var i = 0; i < 31; i++)
        {
            _breadth.Note(100, offered: 100, isCut: true, [Delivery()]);
            Assert.Equal(20, _breadth.For(100));
        }

        _breadth.Note(100, offered: 100, isCut: true, [Delivery()]);
        Assert.Equal(10, _breadth.For(100));
    }

    [Fact]
    public void It_stays_when_all_was_seen()
    {
        _breadth.Note(1000, offered: 3, isCut: false, [Delivery()]);

        Assert.Equal(64, _breadth.For(1000));
    }

    [Fact]
    public void It_stays_wide_for_tenants_who_share_a_claim()
    {
        for (var i = 0; i < 10; i++)
            _breadth.Note(100, offered: 100, isCut: true, [Delivery(), Delivery(tenant: "acme")]);

        Assert.Equal(64, _breadth.For(100));
    }

    [Fact]
    public void It_does_not_widen_where_keys_are_looked_at_too()
    {
        _breadth.Note(1000, offered: 64, isCut: true, [Delivery(isOrdered: true)]);

        Assert.Equal(64, _breadth.For(1000));
    }

    private static LeasedDelivery Delivery(string tenant = "", bool isOrdered = false) => new()
    {
        Id = 1,
        EndpointNumber = 1,
        Message = Some.Message(tenant),
        Attempts = 0,
        Tries = 0,
        IsOrdered = isOrdered,
    };
}
