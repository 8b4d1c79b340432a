using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;

namespace Webhooks.Tests.Network;

public class HappyEyeballsTests
{
    private static readonly IPEndPoint[] Three =
        [.. Enumerable.Range(1, 3).Select(static i => new IPEndPoint(IPAddress.Parse($"93.184.216.{i}"), 443))];

    private readonly FakeTimeProvider _time = new();
    private readonly List<Attempt> _dials = [];

    [Fact]
    public async Task The_next_address_is_tried_beside_the_first_after_a_quarter_of_a_second()
    {
        var race = Race();

        Assert.Single(_dials);
        _time.Advance(HappyEyeballs.AttemptDelay - TimeSpan.FromMilliseconds(1));
        Assert.Single(_dials);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await DialsReachAsync(2);
        using var winner = NewSocket();
        _dials[1].Outcome.SetResult(winner);

        Assert.Same(winner, await race);
        Assert.True(_dials[0].Cancelled.IsCancellationRequested);
        Assert.Equal(Three[..2], _dials.Select(static dial => dial.EndPoint));
    }

    [Fact]
    public async Task A_failure_starts_the_next_attempt_at_once()
    {
        var race = Race();

        _dials[0].Outcome.SetException(new SocketException((int)SocketError.ConnectionRefused));
        await DialsReachAsync(2);
        using var winner = NewSocket();
        _dials[1].Outcome.SetResult(winner);

        Assert.Same(winner, await race);
    }

    [Fact]
    public async Task What_the_losers_open_afterwards_is_closed()
    {
        var race = Race();
        _time.Advance(HappyEyeballs.AttemptDelay);
        await DialsReachAsync(2);
        using var winner = NewSocket();
        var late = NewSocket();

        _dials[0].Outcome.SetResult(winner);
        await race;
        _dials[1].Outcome.SetResult(late);

        await Until(() => late.SafeHandle.IsClosed);
        Assert.False(winner.SafeHandle.IsClosed);
    }

    [Fact]
    public async Task When_all_fail_the_last_failure_is_told()
    {
        var race = Race();

        for (var i = 0; i < Three.Length; i++)
        {
            await DialsReachAsync(i + 1);
            var error = i == 2 ? SocketError.TimedOut : SocketError.ConnectionRefused;
            _dials[i].Outcome.SetException(new SocketException((int)error));
        }

        Assert.Equal(SocketError.TimedOut, (await Assert.ThrowsAsync<SocketException>(() => race)).SocketErrorCode);
    }

    [Fact]
    public async Task Cancellation_ends_the_race_though_an_attempt_hangs()
    {
        using var stop = new CancellationTokenSource();
        var race = Race(stop);
        var late = NewSocket();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => race);
        _dials[0].Outcome.SetResult(late);
        await Until(() => late.SafeHandle.IsClosed);
    }

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private static async Task Until(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private Task<Socket> Race(CancellationTokenSource? stop = null) =>
        new HappyEyeballs(_time, Dial).ConnectAsync(Three, stop?.Token ?? TestContext.Current.CancellationToken);

    private Task<Socket> Dial(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var outcome = new TaskCompletionSource<Socket>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_dials)
            _dials.Add(new Attempt(endPoint, outcome, cancellationToken));

        return outcome.Task;
    }

    private Task DialsReachAsync(int count) => Until(() => _dials.Count >= count);

    private sealed record Attempt(
        IPEndPoint EndPoint, TaskCompletionSource<Socket> Outcome, CancellationToken Cancelled);
}
