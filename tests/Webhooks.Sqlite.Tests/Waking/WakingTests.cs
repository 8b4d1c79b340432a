namespace Webhooks.Tests;

/// <summary>Processes that share a file hear of each other's work.</summary>
public sealed class WakingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_notification_wakes_the_others()
        => await AssertWakesAsync(other => other.Store.NotifyAsync(TestStore.Cancel));

    [Fact]
    public async Task A_new_endpoint_wakes_the_others()
        => await AssertWakesAsync(other => other.EndpointAsync());

    [Fact]
    public async Task Nobody_is_told_where_nobody_listens()
    {
        await using var test = TestStore.New();

        await test.Store.NotifyAsync(TestStore.Cancel);

        Assert.False(Directory.Exists(WakeFolder.Of(test.Database.Path)));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_watched_only_means_waiting()
    {
        await using var test = TestStore.New();
        await test.Store.InitializeAsync(TestStore.Cancel);
        await File.WriteAllTextAsync(WakeFolder.Of(test.Database.Path), "not a folder", TestStore.Cancel);
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(TestStore.Cancel);

        var listener = test.Store.ListenAsync(() => { }, listening.Token);
        await test.Store.NotifyAsync(TestStore.Cancel);
        await listening.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listener);
    }

    private static async Task AssertWakesAsync(Func<TestStore, Task> act)
    {
        await using var test = TestStore.New();
        await using var other = TestStore.On(test.Database);
        await test.Store.InitializeAsync(TestStore.Cancel);
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(TestStore.Cancel);
        var woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var listener = test.Store.ListenAsync(() => woken.TrySetResult(), listening.Token);

        await act(other);
        await woken.Task.WaitAsync(Patience, TimeProvider.System, TestStore.Cancel);

        await listening.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listener);
    }
}
