using Microsoft.Data.Sqlite;

namespace Webhooks.Tests;

public sealed class WriteTurnTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly WriteTurns _turns = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Turns_come_in_the_order_in_which_they_were_asked_for()
    {
        await _turns.TakeAsync(Cancel);
        Task[] waiting = [.. Enumerable.Range(0, 3).Select(_ => _turns.TakeAsync(Cancel))];

        foreach (var next in waiting)
        {
            Assert.False(next.IsCompleted);
            _turns.Pass();
            await next;
        }

        _turns.Pass();
        _turns.Take(Moment);
    }

    [Fact]
    public async Task The_writer_comes_first()
    {
        await _turns.TakeAsync(Cancel);
        var waiting = _turns.TakeAsync(Cancel);
        var writer = Task.Run(() => _turns.Take(Long), Cancel);
        await Waiting.UntilAsync(() => _turns.IsWriterWaiting);

        _turns.Pass();
        await writer;

        Assert.False(waiting.IsCompleted);
        _turns.Pass();
        await waiting;
    }

    [Fact]
    public async Task A_turn_that_was_passed_on_is_taken_by_nobody_else()
    {
        _turns.Take(Moment);
        var next = _turns.TakeAsync(Cancel);
        _turns.Pass();

        var late = _turns.TakeAsync(Cancel);

        await next;
        Assert.False(late.IsCompleted);
        _turns.Pass();
        await late;
    }

    [Fact]
    public async Task Whoever_gave_up_is_passed_over()
    {
        using var patience = new CancellationTokenSource();
        _turns.Take(Moment);
        var impatient = _turns.TakeAsync(patience.Token);
        var next = _turns.TakeAsync(Cancel);

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        _turns.Pass();

        await next;
    }

    [Fact]
    public async Task A_writer_that_waited_long_enough_is_told_that_it_is_locked_and_passed_over()
    {
        await _turns.TakeAsync(Cancel);

        var refusal = Assert.Throws<SqliteException>(() => _turns.Take(Moment));
        _turns.Pass();

        Assert.True(SqliteErrors.IsBusy(refusal));
        await _turns.TakeAsync(Cancel);
    }
}
