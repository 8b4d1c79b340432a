using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Webhooks.Tests.Network;

namespace Webhooks;

/// <summary>Fetching keys from a server over TLS, through the guard.</summary>
public sealed class FetchedKeysTests : IAsyncLifetime
{
    private const string Host = "keys.example.com";

    private readonly TestAuthority _authority = new();
    private readonly FakeTimeProvider _time = new(The.Now);
    private readonly FakeLogCollector _logs = new();
    private readonly ConcurrentQueue<string> _asked = [];
    private RequestDelegate _answer = context => context.Response.WriteAsync("a key");
    private KestrelServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await KestrelServer.StartAsync(
        context =>
        {
            _asked.Enqueue(context.Request.Path);
            return _answer(context);
        },
        _authority.IssueServer(Host));

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _authority.Dispose();
    }

    [Fact]
    public async Task A_key_is_fetched_once_and_kept()
    {
        var keys = Create();

        var first = await GetAsync(keys);
        _time.Advance(TimeSpan.FromMinutes(9));
        var second = await GetAsync(keys);

        Assert.Equal("a key", first);
        Assert.Equal("a key", second);
        Assert.Single(_asked);
    }

    [Fact]
    public async Task Those_who_need_the_same_key_at_once_share_one_request()
    {
        var (arrived, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        _answer = async context =>
        {
            arrived.SetResult();
            await go.Task;
            await context.Response.WriteAsync("a key");
        };
        var keys = Create();
        using var impatient = new CancellationTokenSource();

        var gaveUp = keys.GetAsync(Url(), impatient.Token).AsTask();
        var others = Enumerable.Range(0, 20).Select(_ => GetAsync(keys)).ToList();
        await arrived.Task;
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gaveUp);
        go.SetResult();

        Assert.All(await Task.WhenAll(others), key => Assert.Equal("a key", key));
        Assert.Single(_asked);
    }

    [Fact]
    public async Task A_failure_is_remembered_for_a_minute()
    {
        _answer = context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        };
        var keys = Create();

        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(keys));
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(keys));
        var askedAtOnce = _asked.Count;
        _answer = context => context.Response.WriteAsync("a key");
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, askedAtOnce);
        Assert.Equal("a key", await GetAsync(keys));
        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public async Task A_key_in_use_is_renewed_in_the_background()
    {
        var keys = Create();
        await GetAsync(keys);
        _answer = context => context.Response.WriteAsync("another");

        _time.Advance(TimeSpan.FromMinutes(10));
        var meanwhile = await GetAsync(keys);
        await WaitForAsync(580, count: 2);

        Assert.Equal("a key", meanwhile);
        Assert.Equal("another", await GetAsync(keys));
    }

    [Fact]
    public async Task A_key_is_used_for_a_day_when_it_can_not_be_renewed_and_no_longer()
    {
        var keys = Create();
        await GetAsync(keys);
        _answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        _time.Advance(TimeSpan.FromHours(23));
        var late = await GetAsync(keys);
        await WaitForAsync(581, count: 1);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("a key", late);
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(keys));
    }

    [Fact]
    public async Task Strangers_urls_are_fetched_only_so_often_and_hold_up_no_key_in_use()
    {
        var keys = Create();
        await GetAsync(keys);
        _answer = context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        };

        for (var index = 0; index < 100; index++)
            await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(keys, $"/stranger-{index}"));
        var asked = _asked.Count;
        _answer = context => context.Response.WriteAsync("another");
        var meanwhile = await GetAsync(keys);
        _time.Advance(TimeSpan.FromMinutes(10));
        await GetAsync(keys);
        await WaitForAsync(580, count: 2);

        Assert.Equal(20, asked);
        Assert.Equal("a key", meanwhile);
        Assert.Equal("another", await GetAsync(keys));
    }

    [Fact]
    public async Task Neither_redirects_nor_large_answers_are_taken()
    {
        var keys = Create();

        _answer = context =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        };
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(keys, "/redirect"));
        _answer = context => context.Response.WriteAsync(new string('k', (64 * 1024) + 1));
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(keys, "/large"));

        Assert.Equal(["/redirect", "/large"], _asked);
    }

    [Fact]
    public async Task The_guard_and_tls_are_not_negotiable()
    {
        var guarded = Create(new NetworkOptions());
        var distrustful = Create(new NetworkOptions { AllowPrivateNetworks = true });
        var keys = Create();

        await Assert.ThrowsAsync<NetworkRefusedException>(() => GetAsync(guarded, "/guarded"));
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(distrustful, "/tls"));
        await Assert.ThrowsAsync<HttpRequestException>(
            () => keys.GetAsync(new Uri($"http://{Host}/plain"), TestContext.Current.CancellationToken).AsTask());

        Assert.Empty(_asked);
    }

    private FetchedKeys Create(NetworkOptions? options = null)
    {
        options ??= new NetworkOptions { AllowPrivateNetworks = true }.TrustOnly([_authority.Root]);
        var fetcher = new GuardedFetcher(new NetworkPolicy(options), ScriptedResolver.Always("127.0.0.1"), _time);
        var logger = new FakeLogger<SignatureKeySource>(_logs);
        return new FetchedKeys(fetcher, _time, logger);
    }

    private Uri Url(string path = "/key") => new($"https://{Host}:{_server.Port}{path}");

    private async Task<string> GetAsync(FetchedKeys keys, string path = "/key") => Encoding.ASCII.GetString(
        (await keys.GetAsync(Url(path), TestContext.Current.CancellationToken)).Span);

    private Task WaitForAsync(int eventId, int count) =>
        Waiting.UntilAsync(() => _logs.GetSnapshot().Count(record => record.Id.Id == eventId) >= count);
}
