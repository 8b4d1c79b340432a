using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;

namespace Webhooks.Tests.Health;

/// <summary>Which endpoints are disabled, and how.</summary>
public sealed class DisablingTests
{
    private static readonly TimeSpan WriteAgainAfter = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_endpoint_with_nothing_succeeded_for_long_enough_is_disabled()
    {
        await using var host = await HealthHost.StartAsync(options => options.DisableAfter = TimeSpan.FromHours(1));
        using var changes = new MetricCollector<long>(host.Meters, "Webhooks", "webhooks.endpoint.changes");
        var endpoint = await host.EndpointAsync("acme");
        var since = host.Clock.GetUtcNow();

        await FailAsync(host, endpoint, TimeSpan.FromMinutes(58));
        var before = (await host.ReadAsync(endpoint)).State;
        await FailAsync(host, endpoint, TimeSpan.FromMinutes(4));

        var disabled = await host.ReadAsync(endpoint);
        Assert.Equal((EndpointState.Enabled, EndpointState.Disabled), (before, disabled.State));
        Assert.Contains("Nothing has succeeded for 01:00:00", disabled.DisabledReason, StringComparison.Ordinal);
        Assert.Contains("status 500", disabled.DisabledReason, StringComparison.Ordinal);
        Assert.True(host.Directory.Current.TryFind(endpoint.Record.Number, out var known));
        Assert.Equal(EndpointState.Disabled, known.Record.State);
        var told = host.Changes.Single(change => change.Kind == EndpointChangeKind.Disabled);
        Assert.Equal((endpoint.Record.Id, "acme"), (told.EndpointId, told.Tenant));
        Assert.Equal((disabled.DisabledReason, since), (told.Reason, told.FailingSince));
        Assert.Single(host.Logs, log => log.Id.Id == 354 && log.Level == LogLevel.Warning);
        Assert.Single(changes.GetMeasurementSnapshot(),
            counted => "disabled".Equals(counted.Tags["webhooks.endpoint.change"]));
    }

    [Fact]
    public async Task A_success_in_time_gives_it_the_whole_time_again()
    {
        await using var host = await HealthHost.StartAsync(options => options.DisableAfter = TimeSpan.FromHours(1));
        var endpoint = await host.EndpointAsync();

        await FailAsync(host, endpoint, TimeSpan.FromMinutes(50));
        host.Report(endpoint, 204);
        await FailAsync(host, endpoint, TimeSpan.FromMinutes(50));

        Assert.Equal(EndpointState.Enabled, (await host.ReadAsync(endpoint)).State);
    }

    [Fact]
    public async Task Without_a_time_none_is_disabled_for_failing()
    {
        await using var host = await HealthHost.StartAsync(options => options.DisableAfter = null);
        var endpoint = await host.EndpointAsync();

        host.Report(endpoint, 500);
        await host.PassAsync(TimeSpan.FromDays(100));
        host.Report(endpoint, 500);
        await host.SettleAsync();

        Assert.Equal(EndpointState.Enabled, (await host.ReadAsync(endpoint)).State);
    }

    [Theory]
    [InlineData(410, DeliveryDirective.None, "status 410")]
    [InlineData(500, DeliveryDirective.Disable, "webhook-delivery")]
    [InlineData(200, DeliveryDirective.Disable, "webhook-delivery")]
    public async Task A_receiver_that_wants_no_more_is_disabled_at_once(
        int status, DeliveryDirective directive, string reason)
    {
        await using var host = await HealthHost.StartAsync();
        var endpoint = await host.EndpointAsync();

        host.Health.Report(endpoint, Attempts.With(status, directive), CircuitChange.None);
        await host.SettleAsync();

        var disabled = await host.ReadAsync(endpoint);
        Assert.Equal(EndpointState.Disabled, disabled.State);
        Assert.Contains(reason, disabled.DisabledReason, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", disabled.DisabledReason, StringComparison.Ordinal);
        Assert.Equal(EndpointChangeKind.Disabled, Assert.Single(host.Changes).Kind);
    }

    [Fact]
    public async Task A_write_that_changed_nothing_that_matters_does_not_keep_it_from_being_disabled()
    {
        await using var host = await HealthHost.StartAsync();
        var endpoint = await host.EndpointAsync();
        await host.Store.UpdateEndpointAsync(endpoint.Record, Cancel);

        host.Report(endpoint, 410);
        await host.SettleAsync();

        Assert.Equal(EndpointState.Disabled, (await host.ReadAsync(endpoint)).State);
        Assert.Single(host.Changes);
    }

    [Fact]
    public async Task An_endpoint_that_was_changed_since_the_attempt_is_a_new_beginning()
    {
        await using var host = await HealthHost.StartAsync();
        var endpoint = await host.EndpointAsync();
        var moved = await host.Endpoints.CreateAsync(Some.Endpoint(new Uri("https://moved.example.com")), Cancel);
        var settings = host.Know(moved.Endpoint.Id).Record.Settings;
        await host.Store.UpdateEndpointAsync(endpoint.Record with { Settings = settings }, Cancel);

        host.Report(endpoint, 410);
        await host.SettleAsync();

        Assert.Equal(EndpointState.Enabled, (await host.ReadAsync(endpoint)).State);
        Assert.Empty(host.Changes);
    }

    [Fact]
    public async Task What_another_node_disabled_is_not_disabled_again()
    {
        await using var host = await HealthHost.StartAsync();
        var endpoint = await host.EndpointAsync();
        await host.Store.UpdateEndpointAsync(
            endpoint.Record with { State = EndpointState.Disabled, DisabledReason = "by the other" }, Cancel);

        host.Report(endpoint, 410);
        await host.SettleAsync();

        Assert.Equal("by the other", (await host.ReadAsync(endpoint)).DisabledReason);
        Assert.Empty(host.Changes);
    }

    [Fact]
    public async Task Enabled_again_it_gets_its_full_time()
    {
        await using var host = await HealthHost.StartAsync(options => options.DisableAfter = TimeSpan.FromHours(1));
        var endpoint = await host.EndpointAsync();
        await FailAsync(host, endpoint, TimeSpan.FromMinutes(62));
        var disabled = await host.ReadAsync(endpoint);
        Assert.Equal(1, host.Healthies(endpoint));

        await host.Endpoints.EnableAsync(endpoint.Record.Id, Cancel);
        await FailAsync(host, host.Know(endpoint.Record.Id), TimeSpan.FromMinutes(50));

        Assert.Equal(EndpointState.Disabled, disabled.State);
        Assert.Equal(EndpointState.Enabled, (await host.ReadAsync(endpoint)).State);
    }

    [Fact]
    public async Task A_new_URL_gets_its_full_time()
    {
        await using var host = await HealthHost.StartAsync(options => options.DisableAfter = TimeSpan.FromHours(1));
        var endpoint = await host.EndpointAsync();
        await FailAsync(host, endpoint, TimeSpan.FromMinutes(50));

        var moved = endpoint.Endpoint with { Url = new Uri("https://moved.example.com/") };
        await host.Endpoints.UpdateAsync(moved, cancellationToken: Cancel);
        await FailAsync(host, host.Know(endpoint.Record.Id), TimeSpan.FromMinutes(50));

        Assert.Equal(EndpointState.Enabled, (await host.ReadAsync(endpoint)).State);
        var told = host.Changes.Where(change => change.Kind == EndpointChangeKind.Failing).ToList();
        Assert.Equal(2, told.Count);
        Assert.True(told[1].FailingSince - told[0].FailingSince > TimeSpan.FromMinutes(45));
    }

    [Fact]
    public async Task Another_change_leaves_how_long_it_fails()
    {
        await using var host = await HealthHost.StartAsync(options => options.DisableAfter = TimeSpan.FromHours(1));
        var endpoint = await host.EndpointAsync();
        await FailAsync(host, endpoint, TimeSpan.FromMinutes(50));

        await host.Endpoints.UpdateAsync(
            endpoint.Endpoint with { Description = "the same" }, cancellationToken: Cancel);
        await FailAsync(host, host.Know(endpoint.Record.Id), TimeSpan.FromMinutes(20));

        Assert.Equal(EndpointState.Disabled, (await host.ReadAsync(endpoint)).State);
    }

    [Fact]
    public async Task A_store_that_throws_at_disabling_is_asked_again()
    {
        await using var host = await HealthHost.StartAsync();
        var endpoint = await host.EndpointAsync();
        host.Store.Before = call => call == "UpdateEndpoint" && host.Store.Count("UpdateEndpoint") == 1
            ? Task.FromException(new TimeoutException())
            : Task.CompletedTask;

        host.Report(endpoint, 410);
        await Waiting.UntilAsync(() =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            return host.Changes.Count == 1;
        });

        Assert.Equal(EndpointState.Disabled, (await host.ReadAsync(endpoint)).State);
        Assert.Single(host.Logs, log => log.Id.Id == 355);
    }

    [Fact]
    public async Task A_store_whose_endpoints_somebody_always_writes_ends_in_a_log_and_not_in_a_loop()
    {
        await using var host = await HealthHost.StartAsync();
        var endpoint = await host.EndpointAsync();
        var current = endpoint.Record;
        var isOurs = false;
        host.Store.Before = async call =>
        {
            if (call != "UpdateEndpoint" || isOurs)
                return;

            isOurs = true;
            current = (await host.Store.UpdateEndpointAsync(current, Cancel))!;
            isOurs = false;
        };

        host.Report(endpoint, 410);
        await Waiting.UntilAsync(() => host.Logs.Any(log => log.Id.Id == 360));

        host.Store.Before = _ => Task.CompletedTask;
        Assert.Equal(EndpointState.Enabled, (await host.ReadAsync(endpoint)).State);
        Assert.Equal(10, host.Store.Count("UpdateEndpoint"));
    }

    private static async Task FailAsync(HealthHost host, EndpointEntry endpoint, TimeSpan time)
    {
        for (var end = host.Clock.GetUtcNow() + time; host.Clock.GetUtcNow() < end;)
        {
            host.Report(endpoint, 500);
            await host.PassAsync(WriteAgainAfter);
        }

        host.Report(endpoint, 500);
        await host.SettleAsync();
    }
}
