using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Webhooks.Tests.Endpoints;

/// <summary>Which endpoints of a snapshot get a message.</summary>
public sealed class MatchingTests
{
    private readonly EndpointSerializer _serializer = new(new KnownSchemes([]), new OAuthAuthorizations(), protector: null);

    [Fact]
    public void Only_enabled_endpoints_of_the_tenant_that_want_the_type_match_each_once()
    {
        var snapshot = Snapshot(
            Record(1, Some.Endpoint() with { EventTypes = ["invoice.paid", "invoice.*", "*"] }),
            Record(2, Some.Endpoint() with { EventTypes = ["order.*"] }),
            Record(3, Some.Endpoint() with { Tenant = "acme" }),
            Record(4, Some.Endpoint()) with { State = EndpointState.Disabled },
            Record(5, Some.Endpoint() with { EventTypes = ["invoice.*"] }),
            Record(6, Some.Endpoint()) with { State = EndpointState.Deleted });

        Assert.Equal([1, 5], snapshot.Match(Some.Message("invoice.paid")));
        Assert.Equal([1], snapshot.Match(Some.Message("invoice")));
        Assert.Equal([1, 2], snapshot.Match(Some.Message("order.sent.late")));
        Assert.Equal([3], snapshot.Match(Some.Message() with { Tenant = "acme" }));
        Assert.Empty(snapshot.Match(Some.Message() with { Tenant = "nobody" }));
    }

    [Fact]
    public void A_payload_filter_decides_for_its_own_endpoint_alone()
    {
        var filter = PayloadFilter.AllOf(PayloadCondition.EqualTo("/a", 1));
        var snapshot = Snapshot(
            Record(1, Some.Endpoint() with { PayloadFilter = filter }),
            Record(2, Some.Endpoint()),
            Record(3, Some.Endpoint() with { PayloadFilter = filter, EventTypes = ["order.*"] }));

        Assert.Equal([1, 2], snapshot.Match(Message("""{"a":1}""")));
        Assert.Equal([2], snapshot.Match(Message("""{"a":2}""")));
        Assert.Equal([2], snapshot.Match(Message("<a>1</a>")));
    }

    [Fact]
    public void Matching_again_costs_no_search_and_no_memory()
    {
        var snapshot = Snapshot([.. Enumerable.Range(1, 1000).Select(number => Record(number, Some.Endpoint()))]);
        var message = Some.Message();
        var first = snapshot.Match(message);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var second = snapshot.Match(message);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Same(first, second);
        Assert.Equal(1000, second.Length);
    }

    [Fact]
    public void Event_types_made_up_on_the_way_do_not_fill_the_memory()
    {
        var index = new SubscriptionIndex([]);

        var sets = Enumerable.Range(0, 5000).Select(number => index.Find($"type.{number}")).ToArray();

        Assert.All(sets, set => Assert.Same(MatchSet.None, set));
        Assert.InRange(index.Kept, 1, 4096);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"v":9,"events":["?"],"filter":1}""")]
    [InlineData("""{"v":9,"filter":[{"at":"/a","resembles":1}]}""")]
    [InlineData("""{"v":9,"events":["?"]}""")]
    public void What_an_endpoint_wants_but_nobody_here_can_read_limits_nothing(string settings)
    {
        var record = Record(1, Some.Endpoint()) with { Settings = Encoding.UTF8.GetBytes(settings) };

        Assert.Equal([1], Snapshot(record).Match(Some.Message()));
    }

    [Fact]
    public void The_index_finds_what_going_through_all_endpoints_would()
    {
        var name = Gen.Choose(1, 3).SelectMany(count => Gen.ListOf(Gen.Elements("a", "b", "ab"), count))
            .Select(parts => string.Join('.', parts));
        var filter = name.SelectMany(text => Gen.Elements(text, text + ".*", "*")).Select(EventTypeFilter.Parse);
        var filters = Gen.Choose(1, 4).SelectMany(count => Gen.ListOf(filter, count));
        var endpoints = Gen.ListOf(filters.SelectMany(
            list => Gen.Elements("", "acme").Select(tenant => (Filters: list, Tenant: tenant))));

        Prop.ForAll(Arb.From(endpoints), Arb.From(name), Arb.From(Gen.Elements("", "acme")), (all, type, tenant) =>
        {
            var snapshot = Snapshot(
                [.. all.Select((one, at) => Record(at + 1, Some.Endpoint() with { EventTypes = [.. one.Filters], Tenant = one.Tenant }))]);
            var expected = all.Select((one, at) => (one, Number: at + 1L))
                .Where(pair => pair.one.Tenant == tenant && pair.one.Filters.Any(wanted => wanted.Matches(type)))
                .Select(pair => pair.Number);

            return snapshot.Match(Some.Message(type) with { Tenant = tenant }).SequenceEqual(expected);
        }).QuickCheckThrowOnFailure();
    }

    private static WebhookMessage Message(string payload) => WebhookMessage.Create("invoice.paid", Encoding.UTF8.GetBytes(payload));

    private EndpointRecord Record(long number, WebhookEndpoint endpoint) => new()
    {
        Number = number,
        Id = endpoint.Id,
        Tenant = endpoint.Tenant,
        Revision = number,
        Settings = _serializer.Write(endpoint),
    };

    private EndpointSnapshot Snapshot(params EndpointRecord[] records)
        => EndpointSnapshot.Empty.With(new EndpointChanges(1, records), new EndpointLoader(_serializer, prepare: null));
}
