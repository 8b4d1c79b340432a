using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Webhooks;

public class PublishedSetupTests
{
    public static TheoryData<PublishedNetworks, string> Wrong => new()
    {
        { new() { Url = new("http://example.com/"), Paths = ["hooks"] }, "PublishedNetworks[0].Url" },
        { new() { Url = new("https://me@example.com/"), Paths = ["hooks"] }, "PublishedNetworks[0].Url" },
        { new() { Url = new("/list", UriKind.Relative), Paths = ["hooks"] }, "PublishedNetworks[0].Url" },
        { new() { Url = new("https://example.com/"), Paths = [] }, "PublishedNetworks[0].Paths" },
        { new() { Url = new("https://example.com/"), Paths = ["a", "$.b"] }, "PublishedNetworks[0].Paths[1]" },
        { new() { Url = new("https://example.com/"), Paths = ["a"], Seeds = ["x"] }, "PublishedNetworks[0].Seeds[0]" },
        { new() { Url = new("https://example.com/"), Paths = ["a"], RefreshInterval = TimeSpan.Zero },
            "PublishedNetworks[0].RefreshInterval" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_list_that_can_not_be_fetched_or_read_stops_the_application_from_starting(PublishedNetworks networks, string setting)
    {
        using var services = Build(source => source.PublishedNetworks.Add(networks));

        var refusal = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<WebhookSources>().Validate());

        Assert.Contains(setting, Assert.Single(refusal.Failures), StringComparison.Ordinal);
        Assert.Empty(services.GetRequiredService<PublishedLists>().All);
    }

    [Fact]
    public void A_provider_without_a_list_can_not_be_asked_for_it()
    {
        using var services = Build(source => source.AllowProviderNetworks = true);

        var refusal = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<WebhookSources>().Validate());

        Assert.Contains("bitbucket, github, jira, stripe, trello", Assert.Single(refusal.Failures), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Configuration_asks_for_lists_too()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Sources:code:Provider"] = "github",
            ["Sources:code:Secrets:0"] = "secret",
            ["Sources:code:AllowProviderNetworks"] = "true",
            ["Sources:own:Secrets:0"] = The.SecretText,
            ["Sources:own:PublishedNetworks:0:Url"] = "https://example.com/list",
            ["Sources:own:PublishedNetworks:0:Paths:0"] = "items[].cidr",
            ["Sources:own:PublishedNetworks:0:Seeds:0"] = "192.0.2.7",
            ["Sources:own:PublishedNetworks:0:RefreshInterval"] = "06:00:00",
        }).Build();
        var collection = new ServiceCollection();
        collection.AddWebhookVerification(configuration);
        using var services = collection.BuildServiceProvider();

        services.GetRequiredService<WebhookSources>().Validate();
        var lists = services.GetRequiredService<PublishedLists>().All.Select(list => list.Definition).ToList();

        var github = Assert.Single(lists, list => list.Url.Host == "api.github.com");
        var own = Assert.Single(lists, list => list != github);
        Assert.Equal(["hooks"], github.Paths);
        Assert.Equal(("https://example.com/list", TimeSpan.FromHours(6)), (own.Url.ToString(), own.RefreshInterval));
        Assert.Equal(["items[].cidr"], own.Paths);
        Assert.Equal(["192.0.2.7"], own.Seeds);
    }

    [Theory]
    [InlineData("PublishedNetworks", "https://example.com/", "is a list")]
    [InlineData("PublishedNetworks:0:Path", "hooks", "not a setting of published networks")]
    [InlineData("PublishedNetworks:0:Url", "example.com", "PublishedNetworks[0].Url")]
    [InlineData("AllowProviderNetworks", "yes", "neither true nor false")]
    public void A_slip_in_configuration_is_told(string key, string value, string message)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Sources:own:Secrets:0"] = The.SecretText,
            ["Sources:own:" + key] = value,
        }).Build();
        var collection = new ServiceCollection();
        collection.AddWebhookVerification(configuration);
        using var services = collection.BuildServiceProvider();

        var refusal = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<WebhookSources>().Validate());

        Assert.Contains(refusal.Failures, failure => failure.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_start_does_not_wait_long_for_a_server_that_does_not_answer()
    {
        await using var lists = await ListServer.StartAsync();
        var (arrived, time) = (new TaskCompletionSource(), new FakeTimeProvider(The.Now));
        lists.Answer = context =>
        {
            arrived.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        };
        await using var services = Build(
            source => source.PublishedNetworks.Add(lists.Networks()),
            collection =>
            {
                collection.AddSingleton<TimeProvider>(time);
                lists.Open(collection);
            });
        var refresher = services.GetServices<IHostedService>().OfType<PublishedListRefresher>().Single();

        var starting = refresher.StartingAsync(TestContext.Current.CancellationToken);
        await arrived.Task;
        var waited = !starting.IsCompleted;
        time.Advance(TimeSpan.FromSeconds(5));
        await starting;
        await refresher.StopAsync(TestContext.Current.CancellationToken);

        Assert.True(waited);
    }

    [Fact]
    public async Task Time_that_passes_before_the_wait_for_the_next_fetch_begins_is_not_waited_for_again()
    {
        await using var lists = await ListServer.StartAsync();
        await using var services = Build(
            source => source.PublishedNetworks.Add(lists.Networks()),
            collection =>
            {
                collection.AddSingleton<TimeProvider>(new SleepyTime(TimeSpan.FromHours(2)));
                lists.Open(collection);
            });
        var refresher = services.GetServices<IHostedService>().OfType<PublishedListRefresher>().Single();

        await refresher.StartingAsync(TestContext.Current.CancellationToken);
        await refresher.StartAsync(TestContext.Current.CancellationToken);

        await Waiting.UntilAsync(() => lists.Asked.Count == 2);
        await refresher.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Sources_share_a_list_and_one_that_nobody_asks_for_is_forgotten()
    {
        using var services = Build(source => source.PublishedNetworks.Add(Own("https://example.com/a")));
        _ = services.GetRequiredService<WebhookSources>();
        var lists = services.GetRequiredService<PublishedLists>();
        var kept = Assert.Single(lists.All);

        var same = lists.Get(Own("https://example.com/a"), null, []);
        var other = lists.Get(Own("https://example.com/b"), null, []);
        var held = lists.All.Count;
        lists.Keep(new HashSet<PublishedList> { kept });

        Assert.Same(kept, same);
        Assert.NotSame(kept, other);
        Assert.Equal(2, held);
        Assert.Same(kept, Assert.Single(lists.All));
    }

    private static PublishedNetworks Own(string url) => new() { Url = new Uri(url), Paths = ["hooks"] };

    private static ServiceProvider Build(Action<WebhookSourceOptions> configure, Action<IServiceCollection>? services = null)
    {
        var collection = new ServiceCollection();
        services?.Invoke(collection);
        collection.AddWebhookVerification().AddSource("own", SignatureSchemes.StandardWebhooks, The.SecretText).AddSource("own", configure);
        return collection.BuildServiceProvider();
    }

    /// <summary>The clock of a machine that sleeps just when somebody is about to wait for long, once.</summary>
    private sealed class SleepyTime(TimeSpan sleep) : FakeTimeProvider(The.Now)
    {
        private TimeSpan _left = sleep;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime > TimeSpan.FromMinutes(1))
            {
                Advance(_left);
                _left = TimeSpan.Zero;
            }

            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
