using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Webhooks.Tests.Delivery;

/// <summary>An application that publishes and delivers, on fake time, over receivers that a test scripts.</summary>
internal sealed class DeliveryHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private bool _isRunning;

    public DeliveryHost(
        Action<WebhookDeliveryOptions>? delivery = null,
        Action<WebhookSenderOptions>? sending = null,
        Action<IServiceCollection>? add = null,
        FakeTimeProvider? clock = null,
        WebhookStore? store = null)
    {
        Clock = clock ?? new FakeTimeProvider(The.Now);
        Store = new WatchedStore(store ?? new MemoryStore(Clock));
        Receivers = new Receivers(Clock);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace));
        services.AddFakeLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<Random>(new FixedRandom(0));
        services.AddWebhookSender(sending)
            .UseStore(_ => Store)
            .ConfigureDelivery(delivery ?? (_ => { }))
            .HttpClient.ConfigurePrimaryHttpMessageHandler(() => Receivers);
        add?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    public FakeTimeProvider Clock { get; }

    public WatchedStore Store { get; }

    public Receivers Receivers { get; }

    public IServiceProvider Services => _services;

    public Dispatcher Dispatcher => _services.GetRequiredService<Dispatcher>();

    public IWebhookEndpoints Endpoints => _services.GetRequiredService<IWebhookEndpoints>();

    public IWebhookDeliveries Deliveries => _services.GetRequiredService<IWebhookDeliveries>();

    public FakeLogCollector Logs => _services.GetFakeLogCollector();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<DeliveryHost> StartAsync(
        Action<WebhookDeliveryOptions>? delivery = null, Action<WebhookSenderOptions>? sending = null)
    {
        var host = new DeliveryHost(delivery, sending);
        await host.StartAsync();
        return host;
    }

    public async Task StartAsync()
    {
        await Dispatcher.StartAsync(Cancel);
        _isRunning = true;
    }

    /// <summary>Stops as a host does that waits no longer than the token says.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        _isRunning = false;
        await Dispatcher.StopAsync(cancellationToken).WaitAsync(The.Patience, Cancel);
    }

    /// <summary>Stops as a host does that doesn't wait, and lets time pass as long as only that can end what is under
    /// way.</summary>
    public async Task StopInTimeAsync()
    {
        var stopping = StopAsync(new CancellationToken(canceled: true));
        await Waiting.UntilAsync(() =>
        {
            if (!stopping.IsCompleted)
                Clock.Advance(TimeSpan.FromMilliseconds(100));
            return stopping.IsCompleted;
        });
        await stopping;
    }

    public Task<StoredEndpoint> EndpointAsync(
        string receiver, Func<WebhookEndpoint, WebhookEndpoint>? change = null)
    {
        var endpoint = Some.Endpoint(new Uri($"https://{receiver}.example.com/hooks"));
        return Endpoints.CreateAsync(change?.Invoke(endpoint) ?? endpoint, Cancel);
    }

    public async Task<WebhookMessage> PublishAsync(Func<WebhookMessage, WebhookMessage>? change = null)
        => (await PublishAsync(1, change))[0];

    public async Task<WebhookMessage[]> PublishAsync(
        int count, Func<WebhookMessage, WebhookMessage>? change = null)
    {
        var messages = new WebhookMessage[count];
        for (var i = 0; i < count; i++)
        {
            var message = Some.Message() with { Timestamp = Clock.GetUtcNow() };
            messages[i] = change?.Invoke(message) ?? message;
        }

        await _services.GetRequiredService<IWebhookPublisher>().PublishAsync(messages, Cancel);
        return messages;
    }

    public Task<IReadOnlyList<DeliveryRecord>> AllAsync(DeliveryState? state = null) => Store.FindDeliveriesAsync(
        new DeliveryFilter { OldestFirst = true, Limit = 100_000, State = state }, Cancel);

    public async Task<DeliveryRecord> OnlyAsync() => Assert.Single(await AllAsync());

    public async Task<IReadOnlyList<AttemptRecord>> AttemptsAsync()
        => await Store.FindAttemptsAsync((await OnlyAsync()).Id, Cancel);

    /// <summary>Gives way until so many deliveries are in a state and the dispatcher has none in hand.</summary>
    public async Task UntilAsync(DeliveryState state, int count = 1)
    {
        await Waiting.UntilAsync(() => Dispatcher.State.Held == 0 && Count(state) == count);

        int Count(DeliveryState wanted) => AllAsync(wanted).GetAwaiter().GetResult().Count;
    }

    /// <summary>Gives way until the only delivery has had so many attempts, waits for another, and the dispatcher has
    /// set its alarm for it: a clock that is advanced before that would not be heard.</summary>
    public async Task UntilTriedAsync(int attempts)
    {
        await Waiting.UntilAsync(
            () => Dispatcher.State.Held == 0
                && AllAsync().GetAwaiter().GetResult() is [{ State: DeliveryState.Pending, Attempts: var made }]
                && made == attempts);
        await SettleAsync();
    }

    public Task UntilLoggedAsync(int eventId)
        => Waiting.UntilAsync(() => Logs.GetSnapshot().Any(log => log.Id.Id == eventId));

    public Task UntilArrivedAsync(int count) => Waiting.UntilAsync(() => Receivers.Count >= count);

    /// <summary>Gives way until all that is left is up to the receivers, to time, or to what a test does next.</summary>
    public async Task SettleAsync()
    {
        var signal = _services.GetRequiredService<DispatchSignal>();
        var still = 0;
        await Waiting.UntilAsync(() =>
        {
            var state = Dispatcher.State;
            var isQuiet = !signal.IsDispatcherRunning || (signal.IsAwaited && state.Held == state.Waiting + state.InFlight
                && state.InFlight == Receivers.Hanging);
            still = isQuiet ? still + 1 : 0;
            return still > 100;
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_isRunning)
            await StopInTimeAsync();
        await _services.DisposeAsync();
    }
}
