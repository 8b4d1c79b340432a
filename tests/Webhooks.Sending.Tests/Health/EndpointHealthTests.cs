namespace Webhooks.Tests.Health;

/// <summary>What the store hears of how endpoints fare.</summary>
public sealed class EndpointHealthTests
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_endpoint_that_is_well_costs_the_store_nothing()
    {
        await using var host = await HealthHost.StartAsync();
        var endpoint = await host.EndpointAsync();

        for (var i = 0; i < 100; i++)
            host.Report(endpoint, 204);
        await host.SettleAsync();

        Assert.Equal((0, 0), (host.Failings(endpoint), host.Healthies(endpoint)));
    }

    [Fact]
    public async Task The_first_failure_is_written_and_the_next_ones_once_in_two_minutes()
    {
        await using var host = await HealthHost.StartAsync();
        var endpoint = await host.EndpointAsync();
        var written = new List<int>();

        for (var i = 0; i < 6; i++)
        {
            host.Report(endpoint, 500);
            await host.SettleAsync();
            written.Add(host.Failings(endpoint));
            await host.PassAsync(TimeSpan.FromSeconds(30));
        }

        Assert.Equal([1, 1, 1, 1, 2, 2], written);
        Assert.Equal(0, host.Healthies(endpoint));
    }

    [Fact]
    public async Task A_success_after_a_failure_is_written_once()
    {
        await using var host = await HealthHost.StartAsync();
        var endpoint = await host.EndpointAsync();
        host.Report(endpoint, 500);
        await host.SettleAsync();

        host.Report(endpoint, 204);
        host.Report(endpoint, 204);
        await host.PassAsync(Rest);
        await host.PassAsync(Rest);

        Assert.Equal((1, 1), (host.Failings(endpoint), host.Healthies(endpoint)));
    }

    [Fact]
    public async Task An_endpoint_that_fails_and_succeeds_by_turns_is_written_only_now_and_then()
    {
        await using var host = await HealthHost.StartAsync();
        var endpoint = await host.EndpointAsync();

        for (var second = 0; second < 60; second++)
        {
            for (var i = 0; i < 20 + (second % 2); i++)
                host.Report(endpoint, i % 2 == 0 ? 500 : 204);
            await host.PassAsync(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(host.Failings(endpoint) + host.Healthies(endpoint), 6, 26);
    }

    [Fact]
    public async Task A_success_in_between_is_not_lost_when_it_fails_again_before_anything_is_written()
    {
        await using var host = await HealthHost.StartAsync();
        var endpoint = await host.EndpointAsync();
        host.Report(endpoint, 500);
        await host.SettleAsync();

        host.Report(endpoint, 204);
        host.Report(endpoint, 500);
        await host.PassAsync(Rest);

        Assert.Equal(
            ["MarkFailing 1", "MarkHealthy 1", "MarkFailing 1"],
            host.Store.Calls.Where(call => call.EndsWith(" 1", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_message_that_does_not_fit_says_nothing_of_the_endpoint()
    {
        await using var host = await HealthHost.StartAsync();
        var endpoint = await host.EndpointAsync();

        host.Health.Report(endpoint, Attempts.With(WebhookErrorKind.RequestInvalid), CircuitChange.None);
        await host.SettleAsync();

        Assert.Equal(0, host.Failings(endpoint));
    }

    [Fact]
    public async Task An_endpoint_that_takes_no_part_any_more_is_not_written()
    {
        await using var host = await HealthHost.StartAsync();
        var endpoint = await host.EndpointAsync();
        await host.Endpoints.DisableAsync(endpoint.Record.Id, "by hand", Cancel);

        host.Report(endpoint, 500);
        await host.SettleAsync();

        Assert.Equal(0, host.Failings(endpoint));
    }

    [Fact]
    public async Task A_store_that_throws_is_asked_again_later()
    {
        await using var host = await HealthHost.StartAsync();
        var endpoint = await host.EndpointAsync();
        host.Store.Before = call => call.StartsWith("Mark", StringComparison.Ordinal)
            ? Task.FromException(new TimeoutException("no answer"))
            : Task.CompletedTask;

        host.Report(endpoint, 500);
        await Waiting.UntilAsync(() => host.Logs.Any(log => log.Id.Id == 355));
        host.Store.Before = _ => Task.CompletedTask;
        await Waiting.UntilAsync(() =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            return host.Failings(endpoint) == 2;
        });

        Assert.Contains("scripted", host.Logs.First(log => log.Id.Id == 355).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reporting_never_waits_for_the_store()
    {
        await using var host = await HealthHost.StartAsync();
        var endpoints = new[] { await host.EndpointAsync(), await host.EndpointAsync() };
        var hangs = new TaskCompletionSource();
        host.Store.Before = call => call.StartsWith("Mark", StringComparison.Ordinal) ? hangs.Task : Task.CompletedTask;

        for (var i = 0; i < 10_000; i++)
            host.Report(endpoints[i % 2], i % 3 == 0 ? 204 : 500);

        Assert.True(host.Failings(endpoints[0]) + host.Failings(endpoints[1]) <= 1);
        hangs.SetResult();
        await host.SettleAsync();
    }

    [Fact]
    public async Task What_the_last_attempts_told_is_written_when_the_application_stops()
    {
        await using var host = await HealthHost.StartAsync();
        var endpoints = new List<EndpointEntry>();
        for (var i = 0; i < 20; i++)
            endpoints.Add(await host.EndpointAsync());

        foreach (var endpoint in endpoints)
            host.Report(endpoint, 410);
        await host.StopAsync();

        var states = (await host.Store.ReadEndpointsAsync(0, Cancel)).Endpoints.Select(endpoint => endpoint.State);
        Assert.All(states, state => Assert.Equal(EndpointState.Disabled, state));
    }

    [Fact]
    public async Task Reports_from_many_threads_lose_nothing()
    {
        await using var host = await HealthHost.StartAsync();
        var endpoint = await host.EndpointAsync();

        for (var round = 0; round < 50; round++)
        {
            Parallel.For(0, 8, i => host.Report(endpoint, i % 2 == 0 ? 500 : 204));
            host.Report(endpoint, 204);
            await host.PassAsync(Rest);
            await host.PassAsync(Rest);
        }

        host.Report(endpoint, 500);
        await host.SettleAsync();
        var calls = host.Store.Calls.Where(call => call.EndsWith(" 1", StringComparison.Ordinal));
        Assert.Equal("MarkFailing 1", calls.Last());
    }
}
