using FsCheck;
using FsCheck.Fluent;

namespace Webhooks.Tests.Deliveries;

/// <summary>Pages follow each other whatever is stored meanwhile, and nobody goes on where no page ended.</summary>
public sealed class PagingTests : IDisposable
{
    private readonly DeliveriesHost _host = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 3)]
    [InlineData(true, 3)]
    [InlineData(true, 7)]
    [InlineData(true, 100)]
    public async Task Pages_hold_everything_once_and_in_order(bool oldestFirst, int pageSize)
    {
        var endpoint = await _host.EndpointAsync();
        var published = new List<MessageId>();
        for (var i = 0; i < 7; i++)
            published.Add(await _host.PublishAsync(endpoint));
        if (!oldestFirst)
            published.Reverse();

        var messages = await MessagesAsync(new MessageQuery { OldestFirst = oldestFirst, PageSize = pageSize });
        var deliveries = await DeliveriesAsync(new DeliveryQuery { OldestFirst = oldestFirst, PageSize = pageSize });

        Assert.Equal(published, messages.SelectMany(page => page.Items).Select(message => message.Id));
        Assert.Equal(published, deliveries.SelectMany(page => page.Items).Select(delivery => delivery.MessageId));
        Assert.All(messages, page => Assert.InRange(page.Items.Count, 1, pageSize));
        Assert.Equal((7 + pageSize - 1) / pageSize, deliveries.Count);
    }

    [Fact]
    public async Task What_is_stored_meanwhile_shifts_nothing()
    {
        var endpoint = await _host.EndpointAsync();
        var published = new List<MessageId>();
        for (var i = 0; i < 6; i++)
            published.Add(await _host.PublishAsync(endpoint));
        var query = new DeliveryQuery { PageSize = 2 };

        var found = new List<MessageId>();
        do
        {
            var page = await _host.Deliveries.FindAsync(query, Cancel);
            found.AddRange(page.Items.Select(delivery => delivery.MessageId));
            query = query with { Continuation = page.Continuation };
            await _host.PublishAsync(endpoint);
        }
        while (query.Continuation is not null);

        published.Reverse();
        Assert.Equal(published, found);
    }

    [Fact]
    public async Task The_size_of_a_page_can_change_on_the_way()
    {
        var endpoint = await _host.EndpointAsync();
        for (var i = 0; i < 5; i++)
            await _host.PublishAsync(endpoint);

        var first = await _host.Deliveries.FindAsync(new DeliveryQuery { PageSize = 1 }, Cancel);
        var rest = await _host.Deliveries.FindAsync(
            new DeliveryQuery { PageSize = 10, Continuation = first.Continuation }, Cancel);

        Assert.Equal((1, 4, null), (first.Items.Count, rest.Items.Count, rest.Continuation));
    }

    [Fact]
    public async Task A_continuation_of_another_query_is_refused()
    {
        var endpoint = await _host.EndpointAsync("acme");
        await _host.PublishAsync(endpoint, endpoint with { Number = (await _host.EndpointAsync("acme")).Number });
        await _host.PublishAsync(endpoint);
        var query = new DeliveryQuery { Tenant = "acme", PageSize = 1 };
        var continuation = (await _host.Deliveries.FindAsync(query, Cancel)).Continuation;
        DeliveryQuery[] others =
        [
            query with { Tenant = null },
            query with { Tenant = "" },
            query with { Tenant = "acme2" },
            query with { EventType = "invoice.paid" },
            query with { EndpointId = endpoint.Id },
            query with { State = DeliveryState.Pending },
            query with { From = The.Now },
            query with { Until = The.Now },
            query with { OldestFirst = true },
        ];

        Assert.NotNull(continuation);
        foreach (var other in others)
        {
            await Assert.ThrowsAsync<ArgumentException>(
                () => _host.Deliveries.FindAsync(other with { Continuation = continuation }, Cancel));
        }

        await Assert.ThrowsAsync<ArgumentException>(() => _host.Deliveries.FindMessagesAsync(
            new MessageQuery { Tenant = "acme", Continuation = continuation }, Cancel));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("next")]
    [InlineData("AQAAAAAAAAAB")]
    [InlineData("AQAAAAAAAAABAAAAAAAAAAA=")]
    public async Task What_is_no_continuation_is_refused(string text)
    {
        await Assert.ThrowsAsync<ArgumentException>(
            () => _host.Deliveries.FindAsync(new DeliveryQuery { Continuation = text }, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(
            () => _host.Deliveries.FindMessagesAsync(new MessageQuery { Continuation = text }, Cancel));
    }

    [Fact]
    public void Every_number_comes_back_and_every_changed_letter_is_noticed()
        => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
            ArbMap.Default.ArbFor<long>(), ArbMap.Default.ArbFor<PositiveInt>(), (number, dice) =>
            {
                var text = Continuation.Write("deliveries", number);
                var at = dice.Get % text.Length;
                var changed = string.Concat(text.AsSpan(0, at), text[at] == 'A' ? "B" : "A", text.AsSpan(at + 1));
                return Continuation.Read("deliveries", text) == number && IsRefused(changed) && IsRefused(text + "A")
                    && IsRefused(text[1..]) && IsRefused(text + " ") && IsRefused(text + "=");
            }));

    [Fact]
    public void Queries_that_differ_have_different_texts()
    {
        string[] texts =
        [
            Continuation.Query("q", null, null),
            Continuation.Query("q", "", null),
            Continuation.Query("q", null, ""),
            Continuation.Query("q", "a", "b"),
            Continuation.Query("q", "a\n1:b", null),
            Continuation.Query("q", "a", "b", null),
            Continuation.Query("r", "a", "b"),
        ];

        Assert.Equal(texts.Length, texts.Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    public void A_page_has_one_to_a_thousand_entries(int size)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeliveryQuery { PageSize = size });
        Assert.Throws<ArgumentOutOfRangeException>(() => new MessageQuery { PageSize = size });
    }

    private static bool IsRefused(string text)
    {
        try
        {
            Continuation.Read("deliveries", text);
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private async Task<List<WebhookPage<PublishedMessage>>> MessagesAsync(MessageQuery query)
    {
        var pages = new List<WebhookPage<PublishedMessage>>();
        do
        {
            pages.Add(await _host.Deliveries.FindMessagesAsync(query, Cancel));
            query = query with { Continuation = pages[^1].Continuation };
        }
        while (query.Continuation is not null);

        return pages;
    }

    private async Task<List<WebhookPage<WebhookDelivery>>> DeliveriesAsync(DeliveryQuery query)
    {
        var pages = new List<WebhookPage<WebhookDelivery>>();
        do
        {
            pages.Add(await _host.Deliveries.FindAsync(query, Cancel));
            query = query with { Continuation = pages[^1].Continuation };
        }
        while (query.Continuation is not null);

        return pages;
    }
}
