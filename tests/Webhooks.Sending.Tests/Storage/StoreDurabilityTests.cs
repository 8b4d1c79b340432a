using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace Webhooks.Tests;

/// <summary>Who is told that what is stored doesn't last.</summary>
public sealed class StoreDurabilityTests
{
    private const int Warned = 400;
    private const int Told = 402;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_application_that_only_sends_is_told_but_not_warned()
    {
        using var host = Build(_ => { });
        _ = host.Services.GetRequiredService<IWebhookSender>();

        await host.StartAsync(Cancel);

        var log = Assert.Single(Logs(host));
        Assert.Equal((Told, LogLevel.Information), (log.Id.Id, log.Level));
        Assert.Contains("memory store", log.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(IWebhookPublisher))]
    [InlineData(typeof(IWebhookEndpoints))]
    public async Task A_service_that_publishes_or_keeps_endpoints_is_warned_at_the_start(Type asksFor)
    {
        using var host = Build(services => services.AddSingleton<IHostedService>(provider =>
        {
            _ = provider.GetRequiredService(asksFor);
            return Substitute.For<IHostedService>();
        }));

        await host.StartAsync(Cancel);

        var log = Assert.Single(Logs(host));
        Assert.Equal((Warned, LogLevel.Warning), (log.Id.Id, log.Level));
        Assert.Contains("memory store, which isn't durable", log.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_publishes_later_is_warned_once()
    {
        using var host = Build(_ => { });
        await host.StartAsync(Cancel);

        await host.Services.GetRequiredService<IWebhookPublisher>().PublishAsync(Some.Message(), Cancel);
        await host.Services.GetRequiredService<IWebhookEndpoints>().CreateAsync(Some.Endpoint(), Cancel);

        Assert.Equal([Told, Warned], Logs(host).Select(log => log.Id.Id));
    }

    [Fact]
    public void A_durable_store_says_nothing()
    {
        var store = Substitute.For<WebhookStore>();
        store.IsDurable.Returns(true);
        var logger = new FakeLogger<WebhookStore>();
        var durability = new StoreDurability(store, logger);

        durability.Tell();
        durability.Warn();

        Assert.Equal(0, logger.Collector.Count);
    }

    [Fact]
    public void A_logger_that_throws_keeps_nobody_from_the_publisher()
    {
        using var loggers = new LoggerFactory([new BrokenLogger()]);
        var logger = new Logger<WebhookStore>(loggers);
        var durability = new StoreDurability(Substitute.For<WebhookStore>(), logger);

        Assert.ThrowsAny<Exception>(durability.Tell);

        durability.Warn();
    }

    private static IHost Build(Action<IServiceCollection> add)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(The.Now));
        builder.Services.AddFakeLogging();
        builder.Services.AddWebhookSender();
        add(builder.Services);
        return builder.Build();
    }

    private static IEnumerable<FakeLogRecord> Logs(IHost host)
        => host.Services.GetFakeLogCollector().GetSnapshot().Where(log => log.Id.Id is Warned or Told);
}
