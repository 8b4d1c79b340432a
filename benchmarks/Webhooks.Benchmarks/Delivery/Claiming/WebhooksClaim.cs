namespace Webhooks.Benchmarks.Delivery;

/// <summary>The library's store: leases for 100 endpoints, outcomes with their attempts.</summary>
internal sealed class WebhooksClaim(int batch) : ClaimWorkload(loops: 1)
{
    private WebhooksHost? _host;

    protected override async Task FillAsync(string database, int count)
    {
        _host = await WebhooksHost.StartAsync(database, delivers: false);
        var backlog = await StoreBacklog.CreateAsync(_host.Store);
        await backlog.AddAsync(count, endpointsOfMessage: 1);
    }

    protected override async Task LoopAsync()
    {
        long cursor = 0;
        while (true)
        {
            var request = StoreBacklog.Claim(batch) with { Cursor = cursor };
            var claimed = await _host!.Store.ClaimAsync(request, CancellationToken.None);
            cursor = claimed.Cursor;
            if (claimed.Deliveries.Count == 0)
            {
                if (!claimed.HasMore)
                    return;
                continue;
            }

            var outcomes = claimed.Deliveries.Select(delivery => Succeeded(delivery, request.Lease)).ToArray();
            var written = await _host.Store.CompleteAsync(outcomes, CancellationToken.None);
            if (written.Contains(false))
                throw new InvalidOperationException("A lease was lost.");
        }
    }

    protected override async Task CloseAsync() => await _host!.DisposeAsync();

    private static DeliveryOutcome Succeeded(LeasedDelivery delivery, long lease) => new()
    {
        Id = delivery.Id,
        Lease = lease,
        State = DeliveryState.Succeeded,
        Attempt = new AttemptRecord
        {
            Number = delivery.Attempts + 1,
            StartedAt = TimeProvider.System.GetUtcNow(),
            Duration = TimeSpan.FromMilliseconds(3),
            StatusCode = 204,
        },
    };
}
