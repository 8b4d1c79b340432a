using Microsoft.Data.Sqlite;

namespace Webhooks.Tests;

/// <summary>The file is deleted, renamed or replaced while it is open: nothing is said to be stored that goes with it,
/// and no empty file takes its place.</summary>
public sealed class VanishedFileTests : IAsyncLifetime
{
    private readonly TestStore _test = TestStore.New();
    private readonly List<string> _stored = [];
    private EndpointRecord _endpoint = null!;

    private string Path => _test.Database.Path;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets nobody delete a file that is open.");
        _endpoint = await _test.EndpointAsync();
        for (var i = 0; i < 3; i++)
            _stored.Add((await _test.PublishAsync(TestStore.Message(_endpoint))).MessageId);
        Assert.Equal(3, (await _test.DeliveriesAsync()).Count);
    }

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task A_file_that_is_deleted_is_not_made_anew_and_everything_says_so()
    {
        foreach (var file in Directory.GetFiles(_test.Database.Folder))
            File.Delete(file);

        for (var i = 0; i < 3; i++)
        {
            await RefusedAsync(() => PublishAsync());
            await RefusedAsync(() => _test.ClaimAsync());
            await RefusedAsync(() => _test.DeliveriesAsync());
        }

        Assert.Empty(Directory.GetFiles(_test.Database.Folder));
    }

    [Fact]
    public async Task A_file_that_is_renamed_and_comes_back_goes_on_with_all_it_had()
    {
        File.Move(Path, Path + ".away");
        await RefusedAsync(() => PublishAsync());
        await RefusedAsync(() => PublishAsync());

        File.Move(Path + ".away", Path);
        _stored.Add((await _test.PublishAsync(TestStore.Message(_endpoint))).MessageId);

        var found = (await _test.DeliveriesAsync()).Select(delivery => delivery.MessageId).ToList();
        Assert.Equal(_stored, found.Where(_stored.Contains));
    }

    [Fact]
    public async Task A_file_with_another_in_its_place_gets_nothing()
    {
        File.Move(Path, Path + ".away");
        File.Delete(Path + "-wal");
        File.Delete(Path + "-shm");
        await File.WriteAllBytesAsync(Path, [], TestStore.Cancel);

        for (var i = 0; i < 3; i++)
        {
            await RefusedAsync(() => PublishAsync());
            await RefusedAsync(() => _test.DeliveriesAsync());
        }

        Assert.Equal(0, _test.Ask("SELECT count(*) FROM sqlite_schema"));
    }

    [Fact]
    public async Task An_application_that_still_has_the_old_file_open_can_not_publish_into_it()
    {
        await using var connection = _test.Connect();
        await using var transaction = connection.BeginTransaction();
        var batch = await _test.BatchAsync(TestStore.Message(_endpoint));
        File.Move(Path, Path + ".away");

        await RefusedAsync(() => _test.Store.PublishAsync(batch, transaction, () => { }, TestStore.Cancel));
    }

    private Task<PublishOutcome> PublishAsync() => _test.Store.PublishAsync(
        new PublishBatch([TestStore.Message(_endpoint)], _endpoint.Revision), TestStore.Cancel);

    private async Task RefusedAsync(Func<Task> action)
    {
        var refusal = await Assert.ThrowsAnyAsync<InvalidOperationException>(action);

        Assert.Contains($"{Path} was deleted, renamed or replaced", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Put it back", refusal.Message, StringComparison.Ordinal);
        Assert.IsNotType<SqliteException>(refusal);
    }
}
