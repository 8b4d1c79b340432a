using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Webhooks.Tests;

public sealed class RegistrationTests
{
    [Fact]
    public async Task The_store_is_the_one_that_was_named()
    {
        using var database = new TemporaryDatabase();
        var services = new ServiceCollection();
        services.AddWebhookSender().UseSqlite(database.ConnectionString);
        await using var provider = services.BuildServiceProvider();

        var store = provider.GetRequiredService<WebhookStore>();
        await store.InitializeAsync(TestStore.Cancel);

        Assert.Equal("sqlite", store.Name);
        Assert.True(store.IsDurable);
        Assert.True(File.Exists(database.Path));
    }

    [Fact]
    public async Task A_container_that_is_disposed_of_without_waiting_closes_the_file()
    {
        using var database = new TemporaryDatabase();
        var services = new ServiceCollection();
        services.AddWebhookSender().UseSqlite(database.ConnectionString);
        var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<WebhookStore>().InitializeAsync(TestStore.Cancel);

        provider.Dispose();

        Assert.False(File.Exists(database.Path + "-wal"), "The write-ahead log is still there.");
    }

    [Theory]
    [InlineData("", "names no file")]
    [InlineData("Data Source=", "names no file")]
    [InlineData("Data Source=:memory:", "in memory")]
    [InlineData("Data Source=x;Mode=Memory", "in memory")]
    [InlineData("Data Source=file:x?mode=memory", "in memory")]
    [InlineData("Data Source=x.db;Mode=ReadOnly", "ReadOnly")]
    [InlineData("Data Source=x.db;Cache=Shared", "Shared")]
    [InlineData("Password=open sesame;What=?", "can't be read")]
    public void A_connection_string_that_cannot_work_is_refused_with_advice(string connectionString, string advice)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Validate(options => options.ConnectionString = connectionString));

        Assert.Contains(advice, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1st_")]
    [InlineData("sqlite_x")]
    [InlineData("a b")]
    [InlineData("x; DROP TABLE y")]
    [InlineData("überall_")]
    public void A_prefix_that_cannot_begin_a_tables_name_is_refused(string prefix)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Validate(options => options.TablePrefix = prefix));

        Assert.Contains("TablePrefix", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_told_at_once()
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Validate(options =>
        {
            options.ConnectionString = "Data Source=:memory:";
            options.LockTimeout = TimeSpan.Zero;
            options.Synchronous = (SqliteSynchronous)9;
            options.TablePrefix = null!;
        }));

        Assert.Equal(4, refusal.Failures.Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(86400)]
    [InlineData(-1)]
    public void A_lock_may_be_waited_for_long_or_for_ever(int seconds)
        => Validate(options => options.LockTimeout = seconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(seconds));

    private static void Validate(Action<SqliteStoreOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddWebhookSender().UseSqlite("Data Source=x.db").UseSqlite(configure);
        using var provider = services.BuildServiceProvider();
        _ = provider.GetRequiredService<IOptions<SqliteStoreOptions>>().Value;
    }
}
