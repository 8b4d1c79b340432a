using Microsoft.Extensions.Time.Testing;
using Webhooks.Stores;

namespace Webhooks.Tests;

/// <summary>The memory store on fake time.</summary>
public sealed class MemoryHarness : StoreHarness
{
    private readonly FakeTimeProvider _clock = new(The.Now);

    public MemoryHarness() => Store = new MemoryStore(_clock);

    public override WebhookStore Store { get; }

    public override async ValueTask StartAsync() => await Store.InitializeAsync(TestContext.Current.CancellationToken);

    public override ValueTask AdvanceAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return default;
    }
}
