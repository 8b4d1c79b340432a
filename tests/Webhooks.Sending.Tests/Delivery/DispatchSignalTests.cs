using Microsoft.Extensions.Time.Testing;

namespace Webhooks.Tests.Delivery;

public sealed class DispatchSignalTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider _clock = new(The.Now);
    private readonly DispatchSignal _signal;

    public DispatchSignalTests() => _signal = new DispatchSignal(_clock);

    public void Dispose() => _signal.Dispose();

    [Fact]
    public async Task A_wait_lasts_until_its_time_is_over()
    {
        var waiting = WaitAsync(Long);

        _clock.Advance(Long - TimeSpan.FromSeconds(1));
        var early = waiting.IsCompleted;
        _clock.Advance(TimeSpan.FromSeconds(1));
        await waiting.WaitAsync(The.Patience, TestContext.Current.CancellationToken);

        Assert.False(early);
        Assert.False(_signal.TryTake());
    }

    [Fact]
    public async Task A_signal_ends_a_wait_and_stays_until_it_is_taken()
    {
        var waiting = WaitAsync(Long);

        _signal.Set();
        await waiting.WaitAsync(The.Patience, TestContext.Current.CancellationToken);

        Assert.True(_signal.TryTake());
        Assert.False(_signal.TryTake());
    }

    [Fact]
    public async Task A_signal_given_before_the_wait_is_not_lost()
    {
        _signal.Set();
        _signal.Set();

        await WaitAsync(Long).WaitAsync(The.Patience, TestContext.Current.CancellationToken);

        Assert.True(_signal.TryTake());
    }

    [Fact]
    public async Task Waking_ends_a_wait_without_a_signal()
    {
        var waiting = WaitAsync(Long);

        _signal.Wake();
        await waiting.WaitAsync(The.Patience, TestContext.Current.CancellationToken);

        Assert.False(_signal.TryTake());
    }

    [Fact]
    public async Task Waking_before_the_wait_ends_one_wait()
    {
        _signal.Wake();

        await WaitAsync(Long).WaitAsync(The.Patience, TestContext.Current.CancellationToken);

        Assert.False(WaitAsync(Long).IsCompleted);
    }

    [Fact]
    public async Task Cancelling_ends_a_wait_with_an_exception()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = _signal.WaitAsync(Long, cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => waiting.WaitAsync(The.Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Each_wait_has_its_own_time()
    {
        await WaitAsync(TimeSpan.Zero);
        var first = WaitAsync(Long);
        _signal.Wake();
        await first;
        var second = WaitAsync(Long * 2);

        _clock.Advance(Long);
        var early = second.IsCompleted;
        _clock.Advance(Long);
        await second.WaitAsync(The.Patience, TestContext.Current.CancellationToken);

        Assert.False(early);
    }

    [Fact]
    public async Task A_time_that_is_over_as_soon_as_the_alarm_is_set_ends_the_wait()
    {
        using var signal = new DispatchSignal(new HastyClock());

        await signal.WaitAsync(Long, TestContext.Current.CancellationToken).AsTask()
            .WaitAsync(The.Patience, TestContext.Current.CancellationToken);

        Assert.False(signal.TryTake());
    }

    private Task WaitAsync(TimeSpan timeout)
        => _signal.WaitAsync(timeout, TestContext.Current.CancellationToken).AsTask();

    /// <summary>Time that flies: whoever sets an alarm finds that it has gone off.</summary>
    private sealed class HastyClock : FakeTimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new HastyTimer(this, base.CreateTimer(callback, state, dueTime, period));
    }

    private sealed class HastyTimer(FakeTimeProvider clock, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var isSet = timer.Change(dueTime, period);
            if (dueTime != Timeout.InfiniteTimeSpan)
                clock.Advance(dueTime);
            return isSet;
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
