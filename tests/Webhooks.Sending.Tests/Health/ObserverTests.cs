using Microsoft.Extensions.Logging;

namespace Webhooks.Tests.Health;

/// <summary>What observers are told, and that they can do no harm.</summary>
public sealed class ObserverTests
{
    [Fact]
    public async Task Circuits_are_told_as_they_open_and_close()
    {
        await using var host = await HealthHost.StartAsync();
        var endpoint = await host.EndpointAsync("acme");

        host.Report(endpoint, 503, CircuitChange.Opened);
        host.Report(endpoint, 204, CircuitChange.Closed);
        await host.SettleAsync();

        Assert.Equal(
            [EndpointChangeKind.CircuitOpened, EndpointChangeKind.CircuitClosed],
            host.Changes.Select(change => change.Kind));
        Assert.All(host.Changes, change => Assert.Equal(
            (endpoint.Record.Id, "acme", The.Now), (change.EndpointId, change.Tenant, change.At)));
        Assert.Contains("status 503", host.Changes[0].Reason, StringComparison.Ordinal);
        Assert.Equal([350, 351], host.Logs.Select(log => log.Id.Id));
    }

    [Fact]
    public async Task Failing_is_told_after_five_minutes_and_recovery_only_then()
    {
        await using var host = await HealthHost.StartAsync();
        var (shortly, longer) = (await host.EndpointAsync(), await host.EndpointAsync());

        host.Report(shortly, 500);
        await host.PassAsync(TimeSpan.FromMinutes(4));
        host.Report(shortly, 204);
        for (var minute = 0; minute < 12; minute += 2)
        {
            host.Report(longer, 500);
            await host.PassAsync(TimeSpan.FromMinutes(2));
        }

        host.Report(longer, 204);
        await host.SettleAsync();
        await host.PassAsync(TimeSpan.FromSeconds(5));

        Assert.All(host.Changes, change => Assert.Equal(longer.Record.Id, change.EndpointId));
        Assert.Equal(
            [EndpointChangeKind.Failing, EndpointChangeKind.Recovered], host.Changes.Select(change => change.Kind));
        Assert.All(host.Changes, change => Assert.Equal(The.Now.AddMinutes(4), change.FailingSince));
        Assert.Equal([352, 353], host.Logs.Select(log => log.Id.Id));
    }

    [Fact]
    public async Task An_observer_that_throws_harms_nobody()
    {
        var throwing = new ScriptedObserver((_, _) => throw new InvalidOperationException("oh"));
        var faulting = new ScriptedObserver((_, _) => Task.FromException(new InvalidOperationException("oh")));
        var careless = new ScriptedObserver((_, _) => null!);
        await using var host = await HealthHost.StartAsync(throwing, faulting, careless);
        var endpoint = await host.EndpointAsync();

        host.Report(endpoint, 503, CircuitChange.Opened);
        host.Report(endpoint, 204, CircuitChange.Closed);
        await host.SettleAsync();

        Assert.Equal(2, host.Changes.Count);
        await Waiting.UntilAsync(() => throwing.Calls >= 2 && faulting.Calls >= 2 && careless.Calls >= 2);
        await Waiting.UntilAsync(() => host.Logs.Count(log => log.Id.Id == 356) == 6);
        Assert.All(host.Logs.Where(log => log.Id.Id == 356), log => Assert.Equal(LogLevel.Error, log.Level));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_observer_that_hangs_harms_nobody_and_hears_again_when_it_is_back(bool blocksItsThread)
    {
        using var block = new ManualResetEventSlim();
        var hang = new TaskCompletionSource();
        var hanging = new ScriptedObserver((_, _) =>
        {
            if (blocksItsThread)
                block.Wait(CancellationToken.None);
            return hang.Task;
        });
        await using var host = await HealthHost.StartAsync(hanging);
        var endpoint = await host.EndpointAsync();

        host.Report(endpoint, 503, CircuitChange.Opened);
        await host.SettleAsync();
        await Waiting.UntilAsync(() => hanging.Calls == 1);
        await Waiting.UntilAsync(() =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            return host.Logs.Any(log => log.Id.Id == 357);
        });
        host.Report(endpoint, 204, CircuitChange.Closed);
        await host.SettleAsync();
        await Waiting.UntilAsync(() => host.Logs.Any(log => log.Id.Id == 358));
        Assert.Equal((2, 1), (host.Changes.Count, hanging.Calls));

        block.Set();
        hang.SetResult();
        await Waiting.UntilAsync(() =>
        {
            host.Notifier.Raise(host.Changes[0]);
            return hanging.Calls > 1;
        });
    }

    [Fact]
    public async Task An_observer_that_takes_too_long_is_told_by_its_token()
    {
        var cancelled = new TaskCompletionSource();
        var hanging = new ScriptedObserver(async (_, token) =>
        {
            using var registration = token.Register(cancelled.SetResult);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        });
        await using var host = await HealthHost.StartAsync(hanging);
        var endpoint = await host.EndpointAsync();

        host.Report(endpoint, 503, CircuitChange.Opened);
        await Waiting.UntilAsync(() =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(hanging.Calls));
            return cancelled.Task.IsCompleted;
        });

        // The host's own observer may have been told just then, and time flew for it as well.
        Assert.Single(
            host.Logs,
            log => log.Id.Id == 357 && log.Message.Contains(nameof(ScriptedObserver), StringComparison.Ordinal));
        Assert.DoesNotContain(host.Logs, log => log.Id.Id == 356);
    }

    [Fact]
    public async Task An_observer_that_hangs_does_not_keep_the_application_from_stopping()
    {
        var hanging = new ScriptedObserver((_, _) => new TaskCompletionSource().Task);
        await using var host = await HealthHost.StartAsync(hanging);
        var endpoint = await host.EndpointAsync();
        host.Report(endpoint, 503, CircuitChange.Opened);
        await Waiting.UntilAsync(() => hanging.Calls == 1);

        var stopping = host.StopAsync();
        await Waiting.UntilAsync(() =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            return stopping.IsCompleted;
        });

        await stopping;
    }

    [Fact]
    public async Task What_happened_before_the_application_stops_is_still_told()
    {
        await using var host = await HealthHost.StartAsync();
        var endpoint = await host.EndpointAsync();

        host.Report(endpoint, 410);
        await host.StopAsync();

        Assert.Equal(EndpointChangeKind.Disabled, Assert.Single(host.Changes).Kind);
    }

    private sealed class ScriptedObserver(Func<EndpointChange, CancellationToken, Task> onChanged)
        : IWebhookEndpointObserver
    {
        private int _calls;

        public int Calls => Volatile.Read(ref _calls);

        public Task OnChangedAsync(EndpointChange change, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _calls);
            return onChanged(change, cancellationToken);
        }
    }
}
