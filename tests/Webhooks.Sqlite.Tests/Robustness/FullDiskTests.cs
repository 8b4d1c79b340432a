using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Webhooks.Stores;

namespace Webhooks.Tests;

/// <summary>The file may grow no more: callers hear of it, nothing is torn, and the store goes on when there is
/// room.</summary>
public sealed class FullDiskTests
{
    private const int Full = 13;

    [Fact]
    public async Task A_full_disk_is_said_clearly_and_leaves_nothing_half_stored()
    {
        await using var test = await FullAsync();
        var before = (await test.DeliveriesAsync()).Count;
        var large = Large(await test.EndpointAsync());

        var failure = await Assert.ThrowsAsync<SqliteException>(() => test.PublishAsync(large));

        Assert.Equal(Full, failure.SqliteErrorCode);
        Assert.Contains("full", failure.Message, StringComparison.Ordinal);
        var deliveries = await test.DeliveriesAsync();
        Assert.Equal(before, deliveries.Count);
        Assert.Equal(before, (await test.Store.FindMessagesAsync(new MessageFilter { Limit = 10_000 }, TestStore.Cancel)).Count);
        Assert.Equal(before, (await test.Store.MeasureAsync(TestStore.Cancel)).Pending);
    }

    [Fact]
    public async Task What_is_small_enough_is_stored_beside_what_is_not()
    {
        await using var test = await FullAsync();
        var endpoint = await test.EndpointAsync();
        var (large, small) = (await test.BatchAsync(Large(endpoint)), await test.BatchAsync(TestStore.Message(endpoint)));

        var @lock = test.Lock();
        var first = test.Store.MarkHealthyAsync(1, TestStore.Cancel);
        var refused = test.Store.PublishAsync(large, TestStore.Cancel);
        var stored = test.Store.PublishAsync(small, TestStore.Cancel);
        @lock.Release();
        await first;

        Assert.Equal(Full, (await Assert.ThrowsAsync<SqliteException>(() => refused)).SqliteErrorCode);
        Assert.Equal(MessageDuplicate.None, Assert.Single((await stored).Messages).Duplicate);
    }

    [Fact]
    public async Task The_store_goes_on_when_there_is_room_again()
    {
        await using var test = await FullAsync();
        var limits = new RetentionLimits { Succeeded = TimeSpan.FromDays(1), Failed = TimeSpan.FromDays(1) };
        await test.Store.CancelAsync([.. (await test.DeliveriesAsync()).Select(found => found.Id)], TestStore.Cancel);
        test.Clock.Advance(TimeSpan.FromDays(2));
        while ((await test.Store.PurgeAsync(limits, TestStore.Cancel)).HasMore)
        {
            // The next batch.
        }

        var stored = await test.PublishAsync(Large(await test.EndpointAsync()));

        Assert.Equal(MessageDuplicate.None, stored.Duplicate);
    }

    private static async Task<TestStore> FullAsync()
    {
        var test = TestStore.New(options => options.MaxPageCount = 130);
        var endpoint = await test.EndpointAsync();
        try
        {
            while (true)
                await test.PublishAsync(Large(endpoint));
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == Full)
        {
            return test;
        }
    }

    private static NewMessage Large(EndpointRecord endpoint)
        => TestStore.Message(Some.Message() with { Payload = RandomNumberGenerator.GetBytes(200_000) }, endpoint);
}
