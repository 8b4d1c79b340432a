using System.Data.Common;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace Webhooks.Tests;

public sealed class StoreStartupTests
{
    private readonly FakeTimeProvider _clock = new(The.Now);
    private readonly FakeLogger<WebhookStore> _logger = new();
    private readonly WebhookStore _store = Substitute.For<WebhookStore>();

    public StoreStartupTests()
    {
        _store.Name.Returns("scripted");
        _store.IsDurable.Returns(true);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private StoreStartup Startup => new(_store, new StoreDurability(_store, _logger), _clock, _logger);

    [Fact]
    public async Task The_store_is_made_ready()
    {
        await Startup.StartingAsync(Cancel);

        await _store.Received(1).InitializeAsync(Arg.Any<CancellationToken>());
        Assert.Equal(0, _logger.Collector.Count);
    }

    [Fact]
    public async Task A_database_that_is_still_starting_is_waited_for()
    {
        _store.InitializeAsync(Arg.Any<CancellationToken>()).Returns(
            Task.FromException(new Unavailable(isTransient: true)), Task.FromException(new TimeoutException()), Task.CompletedTask);

        var starting = Startup.StartingAsync(Cancel);
        Assert.False(starting.IsCompleted);
        await PassTimeUntilAsync(starting);

        await starting;
        await _store.Received(3).InitializeAsync(Arg.Any<CancellationToken>());
        Assert.Equal(2, _logger.Collector.Count);
        Assert.All(_logger.Collector.GetSnapshot(), record => Assert.Equal(401, record.Id.Id));
    }

    [Fact]
    public async Task A_database_that_never_comes_is_given_up()
    {
        _store.InitializeAsync(Arg.Any<CancellationToken>()).Returns(_ => Task.FromException(new Unavailable(isTransient: true)));

        var starting = Startup.StartingAsync(Cancel);
        await PassTimeUntilAsync(starting);

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => starting);
        Assert.Contains("scripted", thrown.Message, StringComparison.Ordinal);
        Assert.IsType<Unavailable>(thrown.InnerException);
        Assert.Equal(5, _logger.Collector.Count);
    }

    [Fact]
    public async Task An_error_that_stays_is_told_at_once()
    {
        _store.InitializeAsync(Arg.Any<CancellationToken>()).Returns(Task.FromException(new Unavailable(isTransient: false)));

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => Startup.StartingAsync(Cancel));

        Assert.IsType<Unavailable>(thrown.InnerException);
        await _store.Received(1).InitializeAsync(Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task An_application_that_stops_meanwhile_waits_no_longer()
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        _store.InitializeAsync(Arg.Any<CancellationToken>()).Returns(Task.FromException(new TimeoutException()));
        var starting = Startup.StartingAsync(stopping.Token);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);
    }

    private Task PassTimeUntilAsync(Task task) => Waiting.UntilAsync(() =>
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        return task.IsCompleted;
    });

    private sealed class Unavailable(bool isTransient) : DbException("No connection")
    {
        public override bool IsTransient => isTransient;
    }
}
