using System.Text.Json;

namespace Webhooks.Tests.Health;

/// <summary>What happens to endpoints can itself be a webhook.</summary>
public sealed class OperationalEventTests
{
    private static readonly EndpointChange Failing = new()
    {
        Kind = EndpointChangeKind.Failing,
        EndpointId = "ep_1",
        Tenant = "acme",
        Reason = "The last attempt ended with status 500.",
        FailingSince = The.Now.AddMinutes(-6),
        At = The.Now,
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_disabled_endpoint_becomes_a_message_of_the_chosen_tenant()
    {
        await using var host = await HealthHost.StartAsync(builder => builder.PublishOperationalEvents("ops"));
        await host.Endpoints.CreateAsync(
            Some.Endpoint() with { Tenant = "ops", EventTypes = ["webhooks.endpoint.*"] }, Cancel);
        var endpoint = await host.EndpointAsync("acme");

        host.Report(endpoint, 410);

        await Waiting.UntilAsync(async () => (await MessagesAsync(host)).Count == 1);
        await host.StopAsync();
        var message = Assert.Single(await MessagesAsync(host));
        Assert.Equal(("ops", "webhooks.endpoint.disabled"), (message.Tenant, message.EventType));
        var json = JsonDocument.Parse(message.Payload).RootElement;
        Assert.Equal("webhooks.endpoint.disabled", json.GetProperty("type").GetString());
        var data = json.GetProperty("data");
        Assert.Equal(endpoint.Record.Id, data.GetProperty("endpointId").GetString());
        Assert.Equal("acme", data.GetProperty("tenant").GetString());
        Assert.Contains("410", data.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(The.Now, data.GetProperty("at").GetDateTimeOffset());
        Assert.False(data.TryGetProperty("failingSince", out _));
        Assert.Single(await host.Store.FindDeliveriesAsync(new DeliveryFilter(), Cancel));
    }

    [Fact]
    public async Task What_happens_to_the_tenants_own_endpoints_is_not_published()
    {
        await using var host = await HealthHost.StartAsync(builder => builder.PublishOperationalEvents("ops"));
        var endpoint = await host.EndpointAsync("ops");

        host.Report(endpoint, 410);
        await host.SettleAsync();
        await host.StopAsync();

        Assert.Empty(await MessagesAsync(host));
    }

    [Theory]
    [InlineData(EndpointChangeKind.Failing, "webhooks.endpoint.failing")]
    [InlineData(EndpointChangeKind.Recovered, "webhooks.endpoint.recovered")]
    [InlineData(EndpointChangeKind.Disabled, "webhooks.endpoint.disabled")]
    [InlineData(EndpointChangeKind.Enabled, "webhooks.endpoint.enabled")]
    [InlineData(EndpointChangeKind.CircuitOpened, null)]
    [InlineData(EndpointChangeKind.CircuitClosed, null)]
    public async Task Every_change_but_circuits_is_published(EndpointChangeKind kind, string? eventType)
    {
        await using var host = await HealthHost.StartAsync(builder => builder.PublishOperationalEvents("ops"));

        host.Notifier.Raise(Failing with { Kind = kind });
        await host.StopAsync();

        var published = (await MessagesAsync(host)).Select(message => message.EventType);
        Assert.Equal(eventType is null ? [] : [eventType], published);
    }

    [Fact]
    public async Task What_many_nodes_see_is_published_once()
    {
        await using var host = await HealthHost.StartAsync(builder => builder.PublishOperationalEvents("ops"));

        host.Notifier.Raise(Failing);
        host.Notifier.Raise(Failing with { At = The.Now.AddSeconds(70), FailingSince = The.Now.AddMinutes(-5.5) });
        host.Notifier.Raise(Failing with { Kind = EndpointChangeKind.Recovered });
        host.Notifier.Raise(Failing with { FailingSince = The.Now.AddMinutes(20) });
        await host.StopAsync();

        Assert.Equal(
            ["webhooks.endpoint.failing", "webhooks.endpoint.recovered", "webhooks.endpoint.failing"],
            (await MessagesAsync(host)).Select(message => message.EventType));
    }

    [Fact]
    public async Task A_store_that_takes_no_message_is_logged_and_the_next_one_is_tried()
    {
        await using var host = await HealthHost.StartAsync(builder => builder.PublishOperationalEvents("ops"));
        host.Store.Before = call => call == "Publish" && host.Store.Count("Publish") == 1
            ? Task.FromException(new TimeoutException())
            : Task.CompletedTask;

        host.Notifier.Raise(Failing);
        host.Notifier.Raise(Failing with { Kind = EndpointChangeKind.Disabled });
        await host.StopAsync();

        Assert.Single(await MessagesAsync(host));
        Assert.Single(host.Logs, log => log.Id.Id == 356);
    }

    [Fact]
    public async Task A_tenant_that_is_none_is_refused_at_once()
        => await Assert.ThrowsAsync<ArgumentException>(
            () => HealthHost.StartAsync(builder => builder.PublishOperationalEvents("two words")));

    private static Task<IReadOnlyList<MessageRecord>> MessagesAsync(HealthHost host) => host.Store.FindMessagesAsync(
        new MessageFilter { WithPayload = true, OldestFirst = true }, Cancel);
}
