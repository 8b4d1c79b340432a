using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Crash;

/// <summary>What the store says, asked from the test's own process, which delivers nothing.</summary>
internal sealed class StoreView : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public StoreView(Func<WebhookSenderBuilder, WebhookSenderBuilder> use)
    {
        var services = new ServiceCollection();
        use(services.AddWebhookSender());
        _services = services.BuildServiceProvider();
        Store = _services.GetRequiredService<WebhookStore>();
    }

    public WebhookStore Store { get; }

    public async Task<IReadOnlyList<DeliveryRecord>> FindAsync(DeliveryState state, int limit = 10)
        => await Store.FindDeliveriesAsync(
            new DeliveryFilter { State = state, Limit = limit }, TestContext.Current.CancellationToken);

    /// <summary>All deliveries, the oldest first.</summary>
    public async Task<IReadOnlyList<DeliveryRecord>> ReadAllAsync()
    {
        var all = new List<DeliveryRecord>();
        var filter = new DeliveryFilter { OldestFirst = true, Limit = 1000 };
        while (true)
        {
            var page = await Store.FindDeliveriesAsync(filter, TestContext.Current.CancellationToken);
            all.AddRange(page);
            if (page.Count < filter.Limit)
                return all;
            filter = filter with { After = page[^1].Id };
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
