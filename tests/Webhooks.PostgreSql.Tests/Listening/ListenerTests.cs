using System.Globalization;
using Microsoft.Extensions.Logging.Testing;
using Webhooks.Stores;
using Webhooks.Support;

namespace Webhooks.Listening;

/// <summary>A node that loses the connection on which it listens gets another.</summary>
public sealed class ListenerTests : IAsyncLifetime
{
    private const int Listening = 472;
    private const int BrokeOff = 473;
    private const int StillNotListening = 476;

    private const string Cut =
        """
        SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE datname = current_database() AND query LIKE 'LISTEN%'
        """;

    private readonly FakeLogger _logger = new();
    private readonly CountingClock _time = new(DateTimeOffset.UnixEpoch);
    private readonly CancellationTokenSource _stopping = new();
    private PostgresDatabase _database = null!;
    private PostgreSqlStore _store = null!;
    private Task _listener = Task.CompletedTask;
    private int _wakes;
    private int _passed;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await PostgresDatabase.CreateAsync();
        _store = _database.Open(logger: _logger, time: _time);
        await _store.InitializeAsync(Cancel);
        _listener = _store.ListenAsync(() => Interlocked.Increment(ref _wakes), _stopping.Token);
        await Waiting.UntilAsync(() => Count(Listening) == 1 && Wakes == 1);
        _passed = _time.Timers;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _listener.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _store.DisposeAsync();
        await _database.DisposeAsync();
        _stopping.Dispose();
    }

    [Fact]
    public async Task A_listener_whose_connection_was_cut_hears_again_and_says_so_once()
    {
        Assert.Equal(1L, await _database.RunAsync(Cut));
        await Waiting.UntilAsync(() => Count(BrokeOff) == 1);

        await PassPauseAsync();
        await Waiting.UntilAsync(() => Count(Listening) == 2 && Wakes == 2);
        await using (var other = _database.Open())
            await other.NotifyAsync(Cancel);
        await Waiting.UntilAsync(() => Wakes == 3);

        Assert.Equal(1, Count(BrokeOff));
        Assert.Equal(0, Count(StillNotListening));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("key")]
    public async Task A_publication_that_notifies_is_heard_once(string? idempotencyKey)
    {
        await using var other = _database.Open();
        var endpoint = await other.CreateEndpointAsync(Some.Endpoint(""), Cancel);
        await Waiting.UntilAsync(() => Wakes == 2);
        var message = new NewMessage
        {
            Message = Some.Message() with { IdempotencyKey = idempotencyKey },
            Endpoints = [endpoint!.Number],
        };

        var quiet = await other.PublishAsync(new PublishBatch([message], endpoint.Revision), Cancel);
        var heard = await other.PublishAsync(
            new PublishBatch([message with { Message = Some.Message() }], endpoint.Revision) { Notifies = true }, Cancel);

        await Waiting.UntilAsync(() => Wakes == 3);
        Assert.False(quiet.HasNotified);
        Assert.True(heard.HasNotified);
    }

    [Fact]
    public async Task A_listener_that_can_not_connect_pauses_longer_and_longer_and_warns_once()
    {
        await RefuseConnectionsAsync(true);
        await _database.CutAllAsync();
        await Waiting.UntilAsync(() => Count(BrokeOff) == 1);

        // Nothing but time brings the next try: a loop that didn't wait would try on and on.
        for (var tries = 1; tries <= 12; tries++)
        {
            await PassPauseAsync();
            await Waiting.UntilAsync(() => Count(StillNotListening) >= tries);
            Assert.Equal(tries, Count(StillNotListening));
        }

        await RefuseConnectionsAsync(false);
        await PassPauseAsync();
        await Waiting.UntilAsync(() => Count(Listening) == 2);
        Assert.Equal(1, Count(BrokeOff));
        var pauses = _logger.Collector.GetSnapshot().Where(log => log.Id.Id is BrokeOff or StillNotListening)
            .Select(log => TimeSpan.Parse(log.GetStructuredStateValue("Delay")!, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(pauses.Order(), pauses);
        Assert.Equal(TimeSpan.FromSeconds(30), pauses[^1]);
    }

    private int Wakes => Volatile.Read(ref _wakes);

    /// <summary>Lets the pause between two tries pass, once it has begun.</summary>
    private async Task PassPauseAsync()
    {
        await Waiting.UntilAsync(() => _time.Timers > _passed);
        _passed = _time.Timers;
        _time.Advance(TimeSpan.FromSeconds(30));
    }

    private Task RefuseConnectionsAsync(bool refuse) => _database.AllowConnectionsAsync(!refuse);

    private int Count(int id) => _logger.Collector.GetSnapshot().Count(log => log.Id.Id == id);
}
