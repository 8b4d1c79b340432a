using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Webhooks.Tests;

/// <summary>An application that publishes and keeps endpoints, but doesn't deliver, on fake time.</summary>
internal sealed class PublishHost : IDisposable
{
    private readonly ServiceProvider _services;

    public PublishHost(
        WebhookStore? store = null,
        Action<WebhookSenderOptions>? configure = null,
        Action<WebhookSenderBuilder>? build = null)
    {
        Store = store ?? new MemoryStore(Clock);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace));
        services.AddFakeLogging();
        services.AddSingleton<TimeProvider>(Clock);
        var builder = services.AddWebhookSender(configure).UseStore(_ => Store);
        build?.Invoke(builder);
        _services = services.BuildServiceProvider();
    }

    public CountingClock Clock { get; } = new(The.Now);

    public WebhookStore Store { get; }

    public IServiceProvider Services => _services;

    public IWebhookPublisher Publisher => _services.GetRequiredService<IWebhookPublisher>();

    public IWebhookEndpoints Endpoints => _services.GetRequiredService<IWebhookEndpoints>();

    public EndpointDirectory Directory => _services.GetRequiredService<EndpointDirectory>();

    public DispatchSignal Signal => _services.GetRequiredService<DispatchSignal>();

    public FakeLogCollector Logs => _services.GetFakeLogCollector();

    public Task<IReadOnlyList<DeliveryRecord>> DeliveriesAsync()
        => Store.FindDeliveriesAsync(new DeliveryFilter { OldestFirst = true }, TestContext.Current.CancellationToken);

    public Task<IReadOnlyList<MessageRecord>> MessagesAsync() => Store.FindMessagesAsync(
        new MessageFilter { OldestFirst = true, WithPayload = true }, TestContext.Current.CancellationToken);

    public void Dispose() => _services.Dispose();
}
