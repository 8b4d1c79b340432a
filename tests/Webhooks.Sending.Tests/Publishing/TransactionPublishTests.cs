using System.Data;
using System.Data.Common;

namespace Webhooks.Tests.Publishing;

/// <summary>Publishing through the application's own transaction.</summary>
public sealed class TransactionPublishTests : IDisposable
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private readonly WrappedStore _store = new(new MemoryStore(TimeProvider.System));
    private readonly PublishHost _host;
    private readonly SomeTransaction _transaction = new();

    public TransactionPublishTests() => _host = new PublishHost(_store);

    public void Dispose()
    {
        _transaction.Dispose();
        _host.Dispose();
    }

    [Fact]
    public async Task The_store_is_given_the_transaction_and_says_when_it_committed()
    {
        await _host.Endpoints.CreateAsync(Some.Endpoint(), Cancel);
        _host.Signal.TryTake();
        var message = Some.Message();

        var result = await _host.Publisher.PublishAsync(message, _transaction, Cancel);

        Assert.Equal(new PublishResult(message.Id, 1, IsDuplicate: false), result);
        Assert.False(_host.Signal.TryTake());
        _store.Committed!();
        Assert.True(_host.Signal.TryTake());
    }

    [Fact]
    public async Task A_list_goes_in_one_call_with_nobody_elses_messages()
    {
        var results = await _host.Publisher.PublishAsync([Some.Message(), Some.Message()], _transaction, Cancel);

        Assert.Equal(2, results.Count);
        Assert.Equal(2, Assert.Single(_store.Batches).Messages.Count);
        Assert.Empty(await _host.Publisher.PublishAsync([], _transaction, Cancel));
    }

    [Fact]
    public async Task Endpoints_that_changed_are_read_and_matched_again()
    {
        using var other = new PublishHost(_store);
        await other.Endpoints.CreateAsync(Some.Endpoint(), Cancel);

        var result = await _host.Publisher.PublishAsync(Some.Message(), _transaction, Cancel);

        Assert.Equal(1, result.DeliveryCount);
    }

    [Fact]
    public async Task A_transaction_that_never_sees_the_change_is_told_so()
    {
        await _host.Endpoints.CreateAsync(Some.Endpoint(), Cancel);
        using var other = new PublishHost(_store);
        var endpoint = await other.Endpoints.CreateAsync(Some.Endpoint(), Cancel);
        _store.OnPublish = _ => other.Endpoints.UpdateAsync(
            endpoint.Endpoint with { Description = $"{_store.Batches.Count}" }, cancellationToken: Cancel);

        var publishing = _host.Publisher.PublishAsync(Some.Message(), _transaction, Cancel);
        await Waiting.UntilAsync(() =>
        {
            _host.Clock.Advance(TimeSpan.FromMilliseconds(5));
            return publishing.IsCompleted;
        });

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => publishing);
        Assert.Contains("ReadCommitted", error.Message, StringComparison.Ordinal);
        Assert.Equal(20, _store.Batches.Count);
        Assert.Empty(await _host.MessagesAsync());
    }

    [Fact]
    public async Task What_cannot_be_published_is_refused_before_the_transaction_is_touched()
    {
        await Assert.ThrowsAsync<ArgumentException>(
            () => _host.Publisher.PublishAsync(WebhookMessage.Create("a", new byte[2 * 1024 * 1024]), _transaction, Cancel));
        await Assert.ThrowsAsync<ArgumentNullException>(() => _host.Publisher.PublishAsync(Some.Message(), null!, Cancel));
        await Assert.ThrowsAsync<ArgumentNullException>(() => _host.Publisher.PublishAsync([Some.Message()], null!, Cancel));
        Assert.Empty(_store.Batches);
    }

    [Fact]
    public async Task A_store_without_transactions_says_which_have_them()
    {
        using var host = new PublishHost();

        var error = await Assert.ThrowsAsync<NotSupportedException>(
            () => host.Publisher.PublishAsync(Some.Message(), _transaction, Cancel));

        Assert.Contains("SQLite or PostgreSQL", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_of_another_tenants_message_is_refused()
    {
        var message = Some.Message() with { Tenant = "acme" };
        await _host.Publisher.PublishAsync(message, Cancel);

        await Assert.ThrowsAsync<WebhookConflictException>(
            () => _host.Publisher.PublishAsync(message with { Tenant = "" }, _transaction, Cancel));
    }

    private sealed class SomeTransaction : DbTransaction
    {
        public override IsolationLevel IsolationLevel => IsolationLevel.ReadCommitted;

        protected override DbConnection? DbConnection => null;

        public override void Commit()
        {
        }

        public override void Rollback()
        {
        }
    }
}
