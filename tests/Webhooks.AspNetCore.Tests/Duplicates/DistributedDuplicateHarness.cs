using Microsoft.Extensions.Time.Testing;
using Webhooks.Stores;

namespace Webhooks;

/// <summary>Webhooks remembered in a cache, on fake time.</summary>
public sealed class DistributedDuplicateHarness : DuplicateHarness
{
    private readonly FakeTimeProvider _clock = new(The.Now);
    private readonly DistributedDuplicateStore _store;

    public DistributedDuplicateHarness() => _store = new DistributedDuplicateStore(new ClockedCache(_clock));

    public override WebhookDuplicateStore Store => _store;

    public override async ValueTask StartAsync() => await Store.InitializeAsync(TestContext.Current.CancellationToken);

    public override ValueTask AdvanceAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return default;
    }

    public override ValueTask DisposeAsync()
    {
        _store.Dispose();
        return base.DisposeAsync();
    }
}
