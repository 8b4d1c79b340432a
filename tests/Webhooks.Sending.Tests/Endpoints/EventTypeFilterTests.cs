using FsCheck;
using FsCheck.Fluent;

namespace Webhooks.Tests.Endpoints;

public sealed class EventTypeFilterTests
{
    [Theory]
    [InlineData("invoice.paid", "invoice.paid", true)]
    [InlineData("invoice.paid", "invoice.paid.late", false)]
    [InlineData("invoice.paid", "Invoice.paid", false)]
    [InlineData("invoice.*", "invoice.paid", true)]
    [InlineData("invoice.*", "invoice.paid.late", true)]
    [InlineData("invoice.*", "invoice", false)]
    [InlineData("invoice.*", "invoices.paid", false)]
    [InlineData("invoice.*", "my.invoice.paid", false)]
    [InlineData("a.b.*", "a.b.c", true)]
    [InlineData("a.b.*", "a.bc", false)]
    [InlineData("*", "anything.at/all", true)]
    public void A_filter_matches_exactly_below_a_name_or_everything(string filter, string type, bool expected)
        => Assert.Equal(expected, EventTypeFilter.Parse(filter).Matches(type));

    [Theory]
    [InlineData("")]
    [InlineData("**")]
    [InlineData(".*")]
    [InlineData("invoice*")]
    [InlineData("*.paid")]
    [InlineData("invoice.*.late")]
    [InlineData("invoice..*")]
    [InlineData("invoice paid")]
    [InlineData(null)]
    public void What_is_no_filter_is_refused(string? text)
    {
        Assert.False(EventTypeFilter.TryParse(text, out var filter));
        Assert.Equal(default, filter);
    }

    [Fact]
    public void A_filter_that_nobody_made_matches_nothing_and_no_endpoint_takes_it()
    {
        Assert.False(default(EventTypeFilter).Matches("invoice.paid"));
        Assert.False(EventTypeFilter.All.Matches(default));
        Assert.Throws<ArgumentException>(() => Some.Endpoint() with { EventTypes = [default] });
    }

    [Fact]
    public void An_endpoint_has_one_to_a_hundred_filters_each_once()
    {
        var many = Enumerable.Range(0, 101).Select(number => EventTypeFilter.Parse($"type.{number}")).ToArray();

        Assert.Equal(EventTypeFilter.All, Assert.Single(Some.Endpoint().EventTypes));
        Assert.Equal(100, (Some.Endpoint() with { EventTypes = many[1..] }).EventTypes.Count);
        Assert.Single((Some.Endpoint() with { EventTypes = ["a", "a"] }).EventTypes);
        Assert.Throws<ArgumentException>(() => Some.Endpoint() with { EventTypes = many });
        Assert.Throws<ArgumentException>(() => Some.Endpoint() with { EventTypes = [] });
        Assert.Throws<ArgumentNullException>(() => Some.Endpoint() with { EventTypes = null! });
    }

    [Fact]
    public void Below_a_name_is_whatever_begins_with_it_and_a_full_stop()
    {
        var segment = Gen.Elements("a", "b", "ab");
        var name = Gen.Choose(1, 4).SelectMany(count => Gen.ListOf(segment, count)).Select(parts => string.Join('.', parts));

        Prop.ForAll(
            Arb.From(name),
            Arb.From(name),
            (filter, type) => EventTypeFilter.Parse(filter + ".*").Matches(type)
                == type.StartsWith(filter + ".", StringComparison.Ordinal)
                && EventTypeFilter.Parse(filter).Matches(type) == (filter == type)
                && EventTypeFilter.Parse(filter + ".*").ToString() == filter + ".*")
            .QuickCheckThrowOnFailure();
    }
}
