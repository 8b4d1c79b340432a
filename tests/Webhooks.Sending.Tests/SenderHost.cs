using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Webhooks.Tests;

/// <summary>An application with a sender in it.</summary>
internal sealed class SenderHost : IDisposable
{
    private readonly ServiceProvider _services;

    private SenderHost(
        Action<WebhookSenderOptions>? configure, Action<WebhookSenderBuilder>? build, TimeProvider timeProvider)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace));
        services.AddFakeLogging();
        services.AddSingleton(timeProvider);
        services.AddSingleton<Random>(new FixedRandom(0.5));
        build?.Invoke(services.AddWebhookSender(configure));
        _services = services.BuildServiceProvider();
        Sender = _services.GetRequiredService<IWebhookSender>();
    }

    public IWebhookSender Sender { get; }

    public IServiceProvider Services => _services;

    public FakeLogCollector Logs => _services.GetFakeLogCollector();

    /// <summary>A sender on fake time, over a handler in the network's place.</summary>
    public static SenderHost Over(
        HttpMessageHandler network,
        FakeTimeProvider clock,
        Action<WebhookSenderOptions>? configure = null,
        Action<WebhookSenderBuilder>? build = null)
        => new(
            configure,
            builder =>
            {
                builder.HttpClient.ConfigurePrimaryHttpMessageHandler(() => network);
                build?.Invoke(builder);
            },
            clock);

    /// <summary>A sender on real time over real sockets, for which loopback is open.</summary>
    public static SenderHost OverSockets(
        Action<WebhookSenderOptions>? configure = null, Action<WebhookSenderBuilder>? build = null)
        => new(
            options =>
            {
                options.Network.AllowPrivateNetworks = true;
                options.RetryPolicy = RetryPolicy.None;
                configure?.Invoke(options);
            },
            build ?? (_ => { }),
            TimeProvider.System);

    public Task<WebhookSendResult> SendAsync(WebhookEndpoint endpoint, CancellationToken cancellationToken = default)
        => Sender.SendAsync(Some.Message(), endpoint, cancellationToken);

    public void Dispose() => _services.Dispose();
}
