using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>
/// Fetches the published lists: before the server takes requests, if that takes no longer than a few seconds, and then
/// each in its time. A list that can't be fetched stays as it was.
/// </summary>
internal sealed class PublishedListRefresher(
    WebhookSources sources,
    PublishedLists lists,
    GuardedFetcher fetcher,
    TimeProvider time,
    ILogger<PublishedNetworks> logger,
    Random? random = null) : BackgroundService, IHostedLifecycleService
{
    private const int MaximumSize = 4 * 1024 * 1024;

    private static readonly TimeSpan StartWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Random _random = random ?? Random.Shared;
    private Task _first = Task.CompletedTask;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        // Compiled by now, or nobody would know which lists are asked for.
        _ = sources;
        _first = RefreshAsync(CancellationToken.None);
        try
        {
            await _first.WaitAsync(StartWait, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The application starts without: requests are answered 503 until the list is there.
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Nothing that a fetch throws ends the loop: <see cref="FetchAsync"/> lets out nothing but the
    /// stop.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _first.WaitAsync(stoppingToken).ConfigureAwait(false);
        while (true)
        {
            var added = lists.Added;
            var wait = lists.All.Select(list => list.Wait).Append(LongestWait).Min();
            if (wait > TimeSpan.Zero)
                await WaitAsync(wait, added, stoppingToken).ConfigureAwait(false);
            await RefreshAsync(stoppingToken).ConfigureAwait(false);
        }
    }

    private async Task WaitAsync(TimeSpan wait, Task added, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delay = Task.Delay(wait, time, either.Token);
        // Time that passed before the delay began isn't waited for once more.
        if (!lists.All.Any(IsDue))
            await Task.WhenAny(delay, added).ConfigureAwait(false);
        await either.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private Task RefreshAsync(CancellationToken cancellationToken) => Task.WhenAll(
        lists.All.Where(IsDue).Select(list => FetchAsync(list, cancellationToken)));

    private static bool IsDue(PublishedList list) => list.Wait <= TimeSpan.Zero;

    private async Task FetchAsync(PublishedList list, CancellationToken cancellationToken)
    {
        var host = list.Definition.ToString();
        try
        {
            var content = await fetcher
                .GetAsync(list.Definition.Url, MaximumSize, list.EntityTag, cancellationToken).ConfigureAwait(false);
            if (content.IsUnchanged)
                list.Confirm(_random.NextDouble());
            else
                Accept(list, host, content);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            list.Fail(_random.NextDouble());
            if (list.Age is { } age)
                Log.NetworksStale(logger, exception, host, age);
            else
                Log.NetworksMissing(logger, exception, host);
        }
    }

    private void Accept(PublishedList list, string host, FetchedContent content)
    {
        var (networks, skipped) = PublishedListReader.Read(content.Body, list.Paths);
        if (list.Accept(networks, content.EntityTag, _random.NextDouble()))
            Log.NetworksFetched(logger, host, networks.Count);
        if (skipped > 0)
            Log.NetworksSkipped(logger, host, skipped);
    }
}
