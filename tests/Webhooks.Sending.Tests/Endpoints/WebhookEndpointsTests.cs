using System.Text.Json;

namespace Webhooks.Tests.Endpoints;

/// <summary>Endpoints are managed through the public door.</summary>
public sealed class WebhookEndpointsTests : IDisposable
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private readonly PublishHost _host = new();

    private IWebhookEndpoints Endpoints => _host.Endpoints;

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task A_created_endpoint_can_be_read()
    {
        var endpoint = Some.Endpoint() with { Tenant = "acme", Description = "Billing" };

        var created = await Endpoints.CreateAsync(endpoint, Cancel);
        var read = await Endpoints.GetAsync(endpoint.Id, Cancel);

        Assert.NotNull(read);
        Assert.Equal(endpoint.Id, read.Id);
        Assert.Equal("acme", read.Tenant);
        Assert.Equal(endpoint.Url, read.Endpoint.Url);
        Assert.Equal("Billing", read.Endpoint.Description);
        Assert.Equal(EndpointState.Enabled, read.State);
        Assert.Null(read.DisabledReason);
        Assert.Equal(The.Now, read.CreatedAt);
        Assert.Equal(created.Revision, read.Revision);
        Assert.Null(await Endpoints.GetAsync("ep_nobody", Cancel));
    }

    [Fact]
    public async Task An_id_is_taken_even_by_an_endpoint_that_was_deleted()
    {
        var endpoint = Some.Endpoint();
        await Endpoints.CreateAsync(endpoint, Cancel);

        await Assert.ThrowsAsync<WebhookConflictException>(() => Endpoints.CreateAsync(endpoint, Cancel));
        Assert.True(await Endpoints.DeleteAsync(endpoint.Id, Cancel));
        Assert.False(await Endpoints.DeleteAsync(endpoint.Id, Cancel));
        await Assert.ThrowsAsync<WebhookConflictException>(() => Endpoints.CreateAsync(endpoint, Cancel));
        Assert.Null(await Endpoints.GetAsync(endpoint.Id, Cancel));
    }

    [Fact]
    public async Task An_update_replaces_all_but_the_state()
    {
        var endpoint = Some.Endpoint() with { Description = "old", EventTypes = ["a"] };
        await Endpoints.CreateAsync(endpoint, Cancel);
        await Endpoints.DisableAsync(endpoint.Id, "by hand", Cancel);

        var updated = await Endpoints.UpdateAsync(
            endpoint with { Description = null, Url = new Uri("https://other.example.com/"), EventTypes = ["b"] }, cancellationToken: Cancel);

        Assert.Equal("https://other.example.com/", updated.Endpoint.Url.AbsoluteUri);
        Assert.Null(updated.Endpoint.Description);
        Assert.Equal(EndpointState.Disabled, updated.State);
        Assert.Equal("by hand", updated.DisabledReason);
    }

    [Fact]
    public async Task An_update_of_an_older_revision_is_refused()
    {
        var read = await Endpoints.CreateAsync(Some.Endpoint(), Cancel);
        var first = await Endpoints.UpdateAsync(read.Endpoint with { Description = "first" }, read.Revision, Cancel);

        await Assert.ThrowsAsync<WebhookConflictException>(
            () => Endpoints.UpdateAsync(read.Endpoint with { Description = "second" }, read.Revision, Cancel));

        Assert.Equal("first", (await Endpoints.GetAsync(read.Id, Cancel))!.Endpoint.Description);
        Assert.True(first.Revision > read.Revision);
    }

    [Fact]
    public async Task A_write_that_another_overtakes_is_made_again()
    {
        var store = new WrappedStore(new MemoryStore(TimeProvider.System));
        using var host = new PublishHost(store);
        var created = await host.Endpoints.CreateAsync(Some.Endpoint(), Cancel);
        var overtaken = 0;
        store.OnUpdate = async record =>
        {
            if (overtaken++ == 0)
                await store.Inner.UpdateEndpointAsync(record with { DisabledReason = null, State = EndpointState.Enabled }, Cancel);
        };

        var disabled = await host.Endpoints.DisableAsync(created.Id, "by hand", Cancel);

        Assert.Equal(2, overtaken);
        Assert.Equal(EndpointState.Disabled, disabled.State);
    }

    [Fact]
    public async Task A_write_that_is_always_overtaken_gives_up_with_a_clear_word()
    {
        var store = new WrappedStore(new MemoryStore(TimeProvider.System));
        using var host = new PublishHost(store);
        var created = await host.Endpoints.CreateAsync(Some.Endpoint(), Cancel);
        store.OnUpdate = record => store.Inner.UpdateEndpointAsync(record with { DisabledReason = null }, Cancel);

        await Assert.ThrowsAsync<WebhookConflictException>(() => host.Endpoints.DisableAsync(created.Id, "by hand", Cancel));
    }

    [Fact]
    public async Task Endpoints_do_not_move_between_tenants()
    {
        var endpoint = Some.Endpoint() with { Tenant = "acme" };
        await Endpoints.CreateAsync(endpoint, Cancel);

        await Assert.ThrowsAsync<ArgumentException>(
            () => Endpoints.UpdateAsync(endpoint with { Tenant = "other" }, cancellationToken: Cancel));
    }

    [Fact]
    public async Task Enabling_and_disabling_say_why_and_repeat_without_a_write()
    {
        var created = await Endpoints.CreateAsync(Some.Endpoint(), Cancel);

        var disabled = await Endpoints.DisableAsync(created.Id, "They asked – twice", Cancel);
        var again = await Endpoints.DisableAsync(created.Id, "They asked – twice", Cancel);
        var unwanted = await _host.Publisher.PublishAsync(Some.Message(), Cancel);
        var enabled = await Endpoints.EnableAsync(created.Id, Cancel);
        var wanted = await _host.Publisher.PublishAsync(Some.Message(), Cancel);

        Assert.Equal((EndpointState.Disabled, "They asked – twice"), (disabled.State, disabled.DisabledReason));
        Assert.Equal(disabled.Revision, again.Revision);
        Assert.Equal((EndpointState.Enabled, null), (enabled.State, enabled.DisabledReason));
        Assert.Equal(enabled.Revision, (await Endpoints.EnableAsync(created.Id, Cancel)).Revision);
        Assert.Equal((0, 1), (unwanted.DeliveryCount, wanted.DeliveryCount));
    }

    [Fact]
    public async Task Enabling_forgets_for_how_long_the_endpoint_failed_before()
    {
        var created = await Endpoints.CreateAsync(Some.Endpoint(), Cancel);
        await _host.Store.MarkFailingAsync(1, Cancel);
        _host.Clock.Advance(TimeSpan.FromDays(6));
        await Endpoints.DisableAsync(created.Id, "by hand", Cancel);

        await Endpoints.EnableAsync(created.Id, Cancel);

        Assert.Equal(TimeSpan.Zero, await _host.Store.MarkFailingAsync(1, Cancel));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    public async Task A_reason_is_one_line_for_people(string reason)
        => await Assert.ThrowsAsync<ArgumentException>(() => Endpoints.DisableAsync("ep_1", reason, Cancel));

    [Fact]
    public async Task What_is_not_there_cannot_be_changed()
    {
        const string Id = "ep_nobody";

        await Assert.ThrowsAsync<KeyNotFoundException>(() => Endpoints.EnableAsync(Id, Cancel));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => Endpoints.DisableAsync(Id, "why", Cancel));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => Endpoints.RotateSecretAsync(Id, cancellationToken: Cancel));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => Endpoints.SendTestAsync(Id, cancellationToken: Cancel));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => Endpoints.UpdateAsync(Some.Endpoint(), cancellationToken: Cancel));
    }

    [Theory]
    [InlineData("http://receiver.example.com/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://169.254.169.254/latest")]
    [InlineData("https://receiver/")]
    [InlineData("https://receiver.example.com:22/")]
    [InlineData("https://printer.local/")]
    public async Task A_url_that_the_network_policy_refuses_is_refused_on_writing(string url)
    {
        var existing = await Endpoints.CreateAsync(Some.Endpoint(), Cancel);

        await Assert.ThrowsAsync<ArgumentException>(() => Endpoints.CreateAsync(Some.Endpoint(new Uri(url)), Cancel));
        await Assert.ThrowsAsync<ArgumentException>(
            () => Endpoints.UpdateAsync(existing.Endpoint with { Url = new Uri(url) }, cancellationToken: Cancel));
        Assert.Equal(The.Url, (await Endpoints.GetAsync(existing.Id, Cancel))!.Endpoint.Url);
    }

    [Fact]
    public async Task A_token_endpoint_is_judged_like_the_endpoint()
    {
        var inside = Some.Endpoint() with
        {
            Authorization = WebhookAuthorization.OAuthClientCredentials(new(new Uri("https://10.0.0.1/token"), "client", "secret")),
        };

        await Assert.ThrowsAsync<ArgumentException>(() => Endpoints.CreateAsync(inside, Cancel));
    }

    [Fact]
    public async Task A_policy_that_is_attached_on_loading_judges_on_writing()
    {
        var open = new NetworkPolicy(new NetworkOptions { AllowPrivateNetworks = true });
        using var host = new PublishHost(configure: options => options.PrepareEndpoint =
            endpoint => endpoint.Tenant == "inside" ? endpoint with { Network = open } : endpoint);
        var url = new Uri("http://127.0.0.1:5000/");

        var stored = await host.Endpoints.CreateAsync(Some.Endpoint(url) with { Tenant = "inside" }, Cancel);

        await Assert.ThrowsAsync<ArgumentException>(() => host.Endpoints.CreateAsync(Some.Endpoint(url), Cancel));
        Assert.Null(stored.Endpoint.Network);
        Assert.True(host.Directory.Current.TryFind(stored.Id, out var entry));
        Assert.Same(open, entry.Endpoint.Network);
    }

    [Fact]
    public async Task What_is_attached_must_be_attached_to_the_same_endpoint()
    {
        using var host = new PublishHost(configure: options => options.PrepareEndpoint = _ => Some.Endpoint());

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Endpoints.CreateAsync(Some.Endpoint(), Cancel));

        Assert.Contains("another endpoint", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoints_are_found_by_page_tenant_state_and_event_type()
    {
        for (var i = 0; i < 7; i++)
        {
            await Endpoints.CreateAsync(
                Some.Endpoint() with { Id = $"ep_{i}", Tenant = i % 2 == 0 ? "even" : "odd", EventTypes = [i < 4 ? "invoice.*" : "order.*"] },
                Cancel);
        }

        await Endpoints.DisableAsync("ep_2", "by hand", Cancel);

        Assert.Equal(["ep_0", "ep_1", "ep_2", "ep_3", "ep_4", "ep_5", "ep_6"], await PagesAsync(new EndpointQuery { PageSize = 3 }));
        Assert.Equal(["ep_0", "ep_2", "ep_4", "ep_6"], await PagesAsync(new EndpointQuery { Tenant = "even", PageSize = 2 }));
        Assert.Equal(["ep_2"], await PagesAsync(new EndpointQuery { State = EndpointState.Disabled }));
        Assert.Equal(["ep_1", "ep_3"], await PagesAsync(new EndpointQuery { Tenant = "odd", EventType = "invoice.paid", PageSize = 1 }));
        Assert.Empty(await PagesAsync(new EndpointQuery { Tenant = "" }));
        Assert.Null((await Endpoints.FindAsync(new EndpointQuery { PageSize = 7 }, Cancel)).Continuation);
        Assert.Throws<ArgumentOutOfRangeException>(() => new EndpointQuery { PageSize = 0 });
    }

    [Fact]
    public async Task A_page_goes_on_where_the_last_one_ended_whatever_was_written_meanwhile()
    {
        for (var i = 0; i < 4; i++)
            await Endpoints.CreateAsync(Some.Endpoint() with { Id = $"ep_{i}" }, Cancel);
        var query = new EndpointQuery { PageSize = 2 };
        var first = await Endpoints.FindAsync(query, Cancel);

        await Endpoints.DeleteAsync("ep_1", Cancel);
        await Endpoints.CreateAsync(Some.Endpoint() with { Id = "ep_0a" }, Cancel);
        var second = await Endpoints.FindAsync(query with { Continuation = first.Continuation }, Cancel);

        Assert.Equal(["ep_2", "ep_3"], second.Items.Select(endpoint => endpoint.Id));
        await Assert.ThrowsAsync<ArgumentException>(
            () => Endpoints.FindAsync(query with { Tenant = "other", Continuation = first.Continuation }, Cancel));
    }

    [Fact]
    public async Task A_test_goes_to_its_endpoint_alone_whatever_that_wants()
    {
        var created = await Endpoints.CreateAsync(Some.Endpoint() with { Tenant = "acme", EventTypes = ["invoice.paid"] }, Cancel);
        await Endpoints.CreateAsync(Some.Endpoint() with { Tenant = "acme" }, Cancel);

        var result = await Endpoints.SendTestAsync(created.Id, cancellationToken: Cancel);

        Assert.Equal(1, result.DeliveryCount);
        Assert.Equal(1, Assert.Single(await _host.DeliveriesAsync()).EndpointNumber);
        var message = Assert.Single(await _host.MessagesAsync());
        Assert.Equal("webhooks.test", message.EventType);
        Assert.Equal("acme", message.Tenant);
        using var payload = JsonDocument.Parse(message.Payload);
        Assert.Equal("webhooks.test", payload.RootElement.GetProperty("type").GetString());
        Assert.Equal(The.Now, payload.RootElement.GetProperty("timestamp").GetDateTimeOffset());
        Assert.Equal(created.Id, payload.RootElement.GetProperty("data").GetProperty("endpoint").GetString());
    }

    [Fact]
    public async Task A_test_is_refused_where_it_could_not_arrive_or_not_be_theirs()
    {
        var created = await Endpoints.CreateAsync(Some.Endpoint() with { Tenant = "acme" }, Cancel);

        await Assert.ThrowsAsync<ArgumentException>(() => Endpoints.SendTestAsync(created.Id, Some.Message(), Cancel));
        Assert.Equal(1, (await Endpoints.SendTestAsync(created.Id, Some.Message() with { Tenant = "acme" }, Cancel)).DeliveryCount);
        await Endpoints.DisableAsync(created.Id, "by hand", Cancel);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Endpoints.SendTestAsync(created.Id, cancellationToken: Cancel));
    }

    [Fact]
    public async Task A_change_wakes_the_dispatcher_for_what_waited()
    {
        var created = await Endpoints.CreateAsync(Some.Endpoint(), Cancel);
        await Endpoints.DisableAsync(created.Id, "by hand", Cancel);
        _host.Signal.TryTake();

        await Endpoints.EnableAsync(created.Id, Cancel);

        Assert.True(_host.Signal.TryTake());
    }

    private async Task<IReadOnlyList<string>> PagesAsync(EndpointQuery query)
    {
        var found = new List<string>();
        do
        {
            var page = await Endpoints.FindAsync(query, Cancel);
            Assert.InRange(page.Items.Count, 0, query.PageSize);
            found.AddRange(page.Items.Select(endpoint => endpoint.Id));
            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        return found;
    }
}
