using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Webhooks.Publishing;

/// <summary>An application's transaction that is still open holds a key: whoever doesn't need it isn't kept
/// waiting.</summary>
public sealed class HeldKeyTests : IAsyncLifetime
{
    private PostgresDatabase _database = null!;
    private NpgsqlDataSource _source = null!;
    private ServiceProvider _services = null!;
    private NpgsqlTransaction _open = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IWebhookPublisher Publisher => _services.GetRequiredService<IWebhookPublisher>();

    public async ValueTask InitializeAsync()
    {
        _database = await PostgresDatabase.CreateAsync();
        _source = NpgsqlDataSource.Create(_database.ConnectionString);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddWebhookSender().UsePostgreSql(_source, options => options.PublishConcurrency = 1);
        _services = services.BuildServiceProvider();
        await _services.GetRequiredService<WebhookStore>().InitializeAsync(Cancel);
        var connection = await _source.OpenConnectionAsync(Cancel);
        _open = await connection.BeginTransactionAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _open.DisposeAsync();
        await _services.DisposeAsync();
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task While_an_ordering_key_is_held_others_are_written_and_its_own_come_after_the_holders(bool commits)
    {
        var holder = Ordered("k");
        await Publisher.PublishAsync(holder, _open, Cancel);
        WebhookMessage[] waiting = [Ordered("k"), Ordered("k"), Ordered("k")];
        Task<PublishResult>[] blocked = [.. waiting.Select(message => Publisher.PublishAsync(message, Cancel))];

        for (var i = 0; i < 50; i++)
        {
            await Publisher.PublishAsync(Message(), Cancel);
            await Publisher.PublishAsync(Ordered($"other{i}"), Cancel);
            await Publisher.PublishAsync(Message() with { IdempotencyKey = $"other{i}" }, Cancel);
        }

        Assert.All(blocked, task => Assert.False(task.IsCompleted));
        await EndAsync(commits);
        await Task.WhenAll(blocked);

        WebhookMessage[] expected = commits ? [holder, .. waiting] : waiting;
        Assert.Equal(expected.Select(message => message.Id.Value), await StoredAsync("k"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task While_an_idempotency_key_is_held_others_are_written_and_its_own_hear_of_the_first(bool commits)
    {
        var holder = Message() with { IdempotencyKey = "k" };
        await Publisher.PublishAsync(holder, _open, Cancel);
        var waiting = Message() with { IdempotencyKey = "k" };
        var blocked = Publisher.PublishAsync(waiting, Cancel);

        for (var i = 0; i < 50; i++)
            await Publisher.PublishAsync(Message(), Cancel);

        Assert.False(blocked.IsCompleted);
        await EndAsync(commits);
        var result = await blocked;

        Assert.Equal((commits ? holder : waiting).Id, result.MessageId);
        Assert.Equal(commits, result.IsDuplicate);
    }

    [Fact]
    public async Task Of_what_is_published_together_only_the_held_key_waits()
    {
        await Publisher.PublishAsync(Ordered("k"), _open, Cancel);
        var blocked = Publisher.PublishAsync([Ordered("k"), Ordered("beside")], Cancel);
        var others = Enumerable.Range(0, 200)
            .Select(number => Publisher.PublishAsync(number % 2 == 0 ? Message() : Ordered($"{number}"), Cancel));

        await Task.WhenAll(others);

        Assert.False(blocked.IsCompleted);
        await EndAsync(commits: true);
        Assert.Equal(2, (await blocked).Count);
    }

    private static WebhookMessage Message() => WebhookMessage.Create("invoice.paid", "{}"u8.ToArray());

    private static WebhookMessage Ordered(string key) => Message() with { OrderingKey = key };

    private Task EndAsync(bool commits) => commits ? _open.CommitAsync(Cancel) : _open.RollbackAsync(Cancel);

    private async Task<IEnumerable<string>> StoredAsync(string key)
    {
        var stored = await _services.GetRequiredService<WebhookStore>()
            .FindMessagesAsync(new MessageFilter { OldestFirst = true, Limit = 1000 }, Cancel);
        return stored.Where(message => message.OrderingKey == key).Select(message => message.Id);
    }
}
