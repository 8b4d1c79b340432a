using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Webhooks.Stores;

namespace Webhooks.Tests;

/// <summary>Webhooks remembered in memory, on fake time.</summary>
public sealed class MemoryDuplicateHarness : DuplicateHarness
{
    private readonly FakeTimeProvider _clock = new(The.Now);
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public MemoryDuplicateHarness()
        : this(MemoryDuplicateStore.DefaultCapacity)
    {
    }

    public MemoryDuplicateHarness(int capacity) => Memory = new MemoryDuplicateStore(capacity, _clock, Logger, Meters);

    public FakeLogger Logger { get; } = new();

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public override WebhookDuplicateStore Store => Memory;

    internal MemoryDuplicateStore Memory { get; }

    public override async ValueTask StartAsync() => await Store.InitializeAsync(TestContext.Current.CancellationToken);

    public override ValueTask AdvanceAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return default;
    }

    public override async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await base.DisposeAsync();
    }
}
