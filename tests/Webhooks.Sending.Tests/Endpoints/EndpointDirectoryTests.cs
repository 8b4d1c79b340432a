namespace Webhooks.Tests.Endpoints;

public sealed class EndpointDirectoryTests : IDisposable
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private readonly PublishHost _host;
    private readonly WrappedStore _store;
    private readonly EndpointDirectory _other;

    public EndpointDirectoryTests()
    {
        _store = new WrappedStore(new MemoryStore(TimeProvider.System));
        _host = new PublishHost(_store);
        var serializer = new EndpointSerializer(new KnownSchemes([]), new OAuthAuthorizations(), protector: null);
        _other = new EndpointDirectory(_store, new EndpointLoader(serializer, prepare: null));
    }

    public void Dispose()
    {
        _other.Dispose();
        _host.Dispose();
    }

    [Fact]
    public async Task Only_what_changed_is_read_and_what_is_known_is_not_read_again()
    {
        var created = await _host.Endpoints.CreateAsync(Some.Endpoint(), Cancel);
        await _other.RefreshAsync(created.Revision, Cancel);
        var updated = await _host.Endpoints.DisableAsync(created.Id, "by hand", Cancel);
        _store.ReadRevisions.Clear();

        await _other.RefreshAsync(updated.Revision, Cancel);
        await _other.RefreshAsync(updated.Revision, Cancel);
        await _other.RefreshAsync(created.Revision, Cancel);

        Assert.Equal([created.Revision], _store.ReadRevisions);
        Assert.Equal(updated.Revision, _other.Current.Revision);
    }

    [Fact]
    public async Task Many_who_ask_for_a_revision_at_once_read_it_once()
    {
        var created = await _host.Endpoints.CreateAsync(Some.Endpoint(), Cancel);
        _store.ReadRevisions.Clear();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _other.RefreshAsync(created.Revision, Cancel).AsTask()));

        Assert.Single(_store.ReadRevisions);
    }

    [Fact]
    public async Task An_endpoint_stays_the_same_object_until_its_settings_change()
    {
        var one = await _host.Endpoints.CreateAsync(Some.Endpoint(), Cancel);
        var two = await _host.Endpoints.CreateAsync(Some.Endpoint(), Cancel);
        var (first, second) = (await EndpointAsync(one.Id), await EndpointAsync(two.Id));

        await _host.Endpoints.DisableAsync(one.Id, "by hand", Cancel);
        await _host.Endpoints.EnableAsync(one.Id, Cancel);
        await _host.Endpoints.UpdateAsync(two.Endpoint with { Timeout = TimeSpan.FromSeconds(3) }, cancellationToken: Cancel);

        Assert.Same(first, await EndpointAsync(one.Id));
        Assert.NotSame(second, await EndpointAsync(two.Id));
        Assert.Equal(TimeSpan.FromSeconds(3), (await EndpointAsync(two.Id)).Timeout);
    }

    [Fact]
    public async Task A_token_outlives_the_changes_of_its_endpoint_even_those_that_are_never_sent_to()
    {
        var authorization = WebhookAuthorization.OAuthClientCredentials(
            new OAuthClientCredentials(new Uri("https://login.example.com/token"), "client", "secret"));
        var stored = await _host.Endpoints.CreateAsync(Some.Endpoint() with { Authorization = authorization }, Cancel);
        var before = (await EndpointAsync(stored.Id)).Authorization;

        for (var i = 1; i < 5; i++)
        {
            var changed = stored.Endpoint with { Timeout = TimeSpan.FromSeconds(i) };
            await _host.Endpoints.UpdateAsync(changed, cancellationToken: Cancel);
            await _other.RefreshAsync(Cancel);
        }

        // Only what the entry holds on to is sure to be there when the endpoint is built.
        Assert.True(_other.Current.TryFind(stored.Id, out var entry));
        Assert.Same(before, entry.Credentials);
        Assert.Same(before, entry.Endpoint.Authorization);
    }

    [Fact]
    public async Task A_deleted_endpoint_is_known_no_more()
    {
        var created = await _host.Endpoints.CreateAsync(Some.Endpoint(), Cancel);
        await _other.RefreshAsync(Cancel);

        await _host.Endpoints.DeleteAsync(created.Id, Cancel);
        var snapshot = await _other.RefreshAsync(Cancel);

        Assert.False(snapshot.TryFind(1, out _));
        Assert.False(snapshot.TryFind(created.Id, out _));
        Assert.Empty(snapshot.Match(Some.Message()));
    }

    [Fact]
    public async Task A_store_that_went_back_is_read_from_the_beginning()
    {
        var young = new MemoryStore(TimeProvider.System);
        using var youngHost = new PublishHost(young);
        for (var i = 0; i < 3; i++)
            await _host.Endpoints.CreateAsync(Some.Endpoint(), Cancel);
        var only = await youngHost.Endpoints.CreateAsync(Some.Endpoint(), Cancel);
        await _other.RefreshAsync(Cancel);

        _store.Inner = young;
        var snapshot = await _other.RefreshAsync(Cancel);

        Assert.Equal(only.Revision, snapshot.Revision);
        Assert.Equal(only.Id, Assert.Single(snapshot.ByNumber.Values).Record.Id);
    }

    [Fact]
    public async Task What_could_not_be_built_is_tried_again_when_it_is_next_needed()
    {
        var isDown = true;
        using var host = new PublishHost(_store, options => options.PrepareEndpoint = endpoint => isDown
            ? throw new TimeoutException("marker")
            : endpoint with { Timeout = TimeSpan.FromSeconds(9) });
        var created = await _host.Endpoints.CreateAsync(Some.Endpoint(), Cancel);
        var snapshot = await host.Directory.RefreshAsync(Cancel);
        Assert.True(snapshot.TryFind(created.Id, out var entry));

        var error = Assert.Throws<InvalidOperationException>(() => entry.Endpoint);
        isDown = false;

        Assert.Contains("PrepareEndpoint threw TimeoutException", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("marker", error.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(9), entry.Endpoint.Timeout);
        Assert.Same(entry.Endpoint, entry.Endpoint);
    }

    private async Task<WebhookEndpoint> EndpointAsync(string id)
    {
        var snapshot = await _other.RefreshAsync(Cancel);
        return snapshot.TryFind(id, out var entry) ? entry.Endpoint : throw new InvalidOperationException("It isn't there.");
    }
}
