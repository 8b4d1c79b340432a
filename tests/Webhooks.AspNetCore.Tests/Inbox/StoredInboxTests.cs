namespace Webhooks.Tests;

/// <summary>Webhooks over a real server, kept in a real database, and handled afterwards.</summary>
public abstract partial class StoredInboxTests : IAsyncLifetime
{
    private InboxDatabase? _database;
    private InboxReceiver? _receiver;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private InboxDatabase Database => _database!;

    private InboxReceiver Receiver => _receiver!;

    public async ValueTask InitializeAsync()
    {
        _database = await CreateDatabaseAsync();
        await _database.CreateEffectsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_receiver is not null)
            await _receiver.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<InboxDatabase> CreateDatabaseAsync();

    // Three attempts, one right after the other.
    private async Task StartAsync(
        Func<WebhookEvent, CancellationToken, Task>? handler = null, Action<IServiceCollection>? services = null)
        => _receiver = await InboxReceiver.StartAsync(
            inbox =>
            {
                Database.Use(inbox);
                inbox.Configure(options => options.RetryPolicy = RetryPolicy.Fixed(TimeSpan.Zero, 3));
            },
            handler,
            services);
}
