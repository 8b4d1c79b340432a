using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Webhooks;

/// <summary>What one receiver handled, the next and the others know, by the store that was named.</summary>
public sealed class StoredDuplicatesTests
{
    private readonly Copies _copies = Copies.New();

    [Fact]
    public async Task What_was_handled_before_a_restart_is_known_after_it_from_an_SQLite_file()
    {
        var folder = Directory.CreateTempSubdirectory("once").FullName;
        void Use(WebhookDuplicatesBuilder once) => once.UseSqlite($"Data Source={Path.Combine(folder, "once.db")}");
        await using (var before = await StartAsync(Use))
            Assert.Equal(HttpStatusCode.NoContent, await before.StatusOfAsync(_copies.Next()));

        await using (var after = await StartAsync(Use))
        {
            Assert.Equal(HttpStatusCode.OK, await after.StatusOfAsync(_copies.Next()));
            Assert.Empty(after.Handled);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_was_handled_elsewhere_is_known_from_the_distributed_cache()
    {
        var cache = new ClockedCache(TimeProvider.System);
        void Use(WebhookDuplicatesBuilder once)
        {
            once.Services.AddSingleton<IDistributedCache>(cache);
            once.UseDistributedCache();
        }

        await using var one = await StartAsync(Use);
        await using var other = await StartAsync(Use);
        await one.StatusOfAsync(_copies.Next());
        var status = await other.StatusOfAsync(_copies.Next());

        Assert.Equal((HttpStatusCode.OK, 1, 0), (status, one.Handled.Count, other.Handled.Count));
    }

    [Fact]
    public async Task Receivers_that_share_PostgreSQL_handle_each_of_many_concurrent_duplicates_once()
    {
        const int webhooks = 100, copies = 6;
        await using var database = await PostgresDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var one = await StartAsync(once => once.UsePostgreSql(database.ConnectionString));
        await using var other = await StartAsync(once => once.UsePostgreSql(_ => source));
        var all = Enumerable.Range(0, webhooks).Select(_ => Copies.New()).ToArray();
        var statuses = new ConcurrentBag<HttpStatusCode>();

        await Parallel.ForAsync(0, webhooks * copies, TestContext.Current.CancellationToken, async (number, _) =>
        {
            var receiver = number % 2 == 0 ? one : other;
            HttpStatusCode status;
            do
            {
                status = await receiver.StatusOfAsync(all[number / copies].Next());
                statuses.Add(status);
            }
            while (status == HttpStatusCode.ServiceUnavailable);
        });

        Assert.Equal(webhooks, one.Handled.Count + other.Handled.Count);
        Assert.Equal(webhooks, statuses.Count(status => status == HttpStatusCode.NoContent));
        Assert.Equal(webhooks * (copies - 1), statuses.Count(status => status == HttpStatusCode.OK));
    }

    [Fact]
    public async Task Options_that_cannot_work_stop_the_start()
    {
        var sqlite = await Assert.ThrowsAsync<OptionsValidationException>(
            () => StartAsync(once => once.UseSqlite("Data Source=:memory:")));
        var postgres = await Assert.ThrowsAsync<OptionsValidationException>(
            () => StartAsync(once => once.UsePostgreSql("Host=127.0.0.1", options => options.Schema = "a-b")));

        Assert.Contains("in memory", sqlite.Message, StringComparison.Ordinal);
        Assert.Contains("Schema", postgres.Message, StringComparison.Ordinal);
    }

    private static Task<Receiver> StartAsync(Action<WebhookDuplicatesBuilder> use) => Receiver.OnKestrelAsync(
        sources: verification => verification
            .AddSource("billing", SignatureSchemes.StandardWebhooks, The.SecretText)
            .DropDuplicates(use));
}
