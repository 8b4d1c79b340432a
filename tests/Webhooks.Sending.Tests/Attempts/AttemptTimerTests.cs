using Microsoft.Extensions.Time.Testing;

namespace Webhooks.Tests.Attempts;

public sealed class AttemptTimerTests
{
    private readonly AttemptTimer _timer = new(TimeProvider.System);

    [Fact]
    public void A_source_that_did_not_fire_is_used_again_and_the_last_callers_token_means_nothing_to_it()
    {
        using var caller = new CancellationTokenSource();
        CancellationToken first;
        using (var lease = _timer.Start(The.Patience, caller.Token))
            first = lease.Token;

        using var next = _timer.Start(The.Patience, CancellationToken.None);
        caller.Cancel();

        Assert.Equal(first, next.Token);
        Assert.False(next.Token.IsCancellationRequested);
    }

    [Fact]
    public void A_source_that_was_cancelled_is_not_used_again()
    {
        using var caller = new CancellationTokenSource();
        CancellationToken first;
        using (var lease = _timer.Start(The.Patience, caller.Token))
        {
            first = lease.Token;
            caller.Cancel();
            Assert.True(first.IsCancellationRequested);
        }

        using var next = _timer.Start(The.Patience, CancellationToken.None);

        Assert.NotEqual(first, next.Token);
        Assert.False(next.Token.IsCancellationRequested);
    }

    [Fact]
    public void A_source_that_is_used_again_fires_after_its_new_time()
    {
        var timer = new AttemptTimer(TimeProvider.System);
        timer.Start(The.Patience, CancellationToken.None).Dispose();

        using var lease = timer.Start(TimeSpan.FromMilliseconds(20), CancellationToken.None);

        Assert.True(lease.Token.WaitHandle.WaitOne(The.Patience / 2));
    }

    [Fact]
    public void Time_is_the_providers()
    {
        var clock = new FakeTimeProvider(The.Now);
        var timer = new AttemptTimer(clock);
        using var lease = timer.Start(TimeSpan.FromSeconds(20), CancellationToken.None);

        clock.Advance(TimeSpan.FromSeconds(19.9));
        Assert.False(lease.Token.IsCancellationRequested);
        clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.True(lease.Token.IsCancellationRequested);
    }
}
