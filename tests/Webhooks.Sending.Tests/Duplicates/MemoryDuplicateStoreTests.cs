using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Webhooks.Tests;

/// <summary>The memory for handled webhooks has an end, and forgets what it needn't know.</summary>
public sealed class MemoryDuplicateStoreTests
{
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Keep = TimeSpan.FromHours(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_it_is_full_the_oldest_are_forgotten_and_the_operator_is_told_once_a_minute()
    {
        await using var harness = new MemoryDuplicateHarness(capacity: 16);
        using var forgotten = new MetricCollector<long>(harness.Meters, "Webhooks", "webhooks.duplicates.forgotten");
        for (var i = 0; i < 20; i++)
            await HandleAsync(harness, $"{i}");
        await harness.AdvanceAsync(TimeSpan.FromSeconds(61));
        await HandleAsync(harness, "20");

        Assert.Equal(16, harness.Memory.Count);
        Assert.Equal(5, forgotten.GetMeasurementSnapshot().Sum(measurement => measurement.Value));
        Assert.Equal([410, 410], harness.Logger.Collector.GetSnapshot().Select(record => record.Id.Id));
        Assert.Equal(DuplicateState.New, (await ClaimAsync(harness, "0")).State);
        Assert.Equal(DuplicateState.Handled, (await ClaimAsync(harness, "20")).State);
    }

    [Fact]
    public async Task What_has_run_out_makes_room_without_a_word()
    {
        await using var harness = new MemoryDuplicateHarness(capacity: 16);
        for (var i = 0; i < 16; i++)
            await HandleAsync(harness, $"old {i}");
        await harness.AdvanceAsync(Keep + Hold);

        await HandleAsync(harness, "new");

        Assert.Equal(1, harness.Memory.Count);
        Assert.Empty(harness.Logger.Collector.GetSnapshot());
    }

    [Fact]
    public async Task Held_webhooks_are_never_forgotten_for_want_of_room()
    {
        await using var harness = new MemoryDuplicateHarness(capacity: 16);
        var held = await ClaimAsync(harness, "held");
        for (var i = 0; i < 100; i++)
            await HandleAsync(harness, $"{i}");

        Assert.Equal(DuplicateState.InProgress, (await ClaimAsync(harness, "held")).State);
        Assert.True(await harness.Store.RenewAsync("held", held.Token, Hold, Cancel));
    }

    [Fact]
    public async Task Claims_that_nobody_ended_are_swept_away()
    {
        await using var harness = new MemoryDuplicateHarness(capacity: 16);
        for (var round = 0; round < 10; round++)
        {
            for (var i = 0; i < 1000; i++)
                await ClaimAsync(harness, $"{round} {i}");
            await harness.AdvanceAsync(Hold + Hold);
        }

        Assert.InRange(harness.Memory.Count, 1, 4000);
    }

    [Fact]
    public async Task A_webhook_handled_again_after_its_time_keeps_its_new_place()
    {
        await using var harness = new MemoryDuplicateHarness(capacity: 16);
        await HandleAsync(harness, "again");
        await harness.AdvanceAsync(Keep + Hold);
        for (var i = 0; i < 8; i++)
            await HandleAsync(harness, $"a {i}");
        await HandleAsync(harness, "again");
        for (var i = 0; i < 15; i++)
            await HandleAsync(harness, $"b {i}");

        Assert.Equal(DuplicateState.Handled, (await ClaimAsync(harness, "again")).State);
    }

    private static async Task HandleAsync(MemoryDuplicateHarness harness, string key)
    {
        var claim = await ClaimAsync(harness, key);
        await harness.Store.CompleteAsync(key, claim.Token, Keep, Cancel);
    }

    private static ValueTask<DuplicateClaim> ClaimAsync(MemoryDuplicateHarness harness, string key)
        => harness.Store.ClaimAsync(key, Hold, Cancel);
}
