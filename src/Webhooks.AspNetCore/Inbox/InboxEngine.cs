using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>The engine that delivers, once more: in a container of its own, with its own store, and with the handlers of
/// webhooks where sending has HTTP.</summary>
internal sealed class InboxEngine : IAsyncDisposable, IDisposable
{
    private static readonly EngineTelemetry Telemetry = new()
    {
        InstrumentPrefix = "webhooks.inbox.",
        StoreSpan = "webhooks.store",
        StoreSpanKind = ActivityKind.Internal,
        StoreOperation = "store",
    };

    public InboxEngine(IServiceCollection registered, IServiceProvider application)
    {
        var services = new ServiceCollection();
        foreach (var service in registered)
            services.Add(service);
        Borrow(services, application);
        AddOptions(services);
        services.AddSingleton<IDeliveryHandler>(provider => new InboxDeliveryHandler(
            application.GetRequiredService<WebhookHandlerTable>(),
            application.GetRequiredService<IServiceScopeFactory>(),
            provider.GetRequiredService<WebhookStore>(),
            provider.GetRequiredService<IOptions<WebhookInboxOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger>()));
        services.AddSingleton(Telemetry);
        EngineRegistration.Add(services);
        services.RemoveAll<IValidateOptions<WebhookDeliveryOptions>>();
        services.AddSingleton<InboxSources>();
        services.AddSingleton<InboxIntake>();
        services.AddSingleton<DeliverySearch>();
        services.AddSingleton<WebhookInbox>();
        LetStoreSee(services, application);
        Provider = services.BuildServiceProvider();
    }

    public ServiceProvider Provider { get; }

    public InboxIntake Intake => Provider.GetRequiredService<InboxIntake>();

    public WebhookInbox Inbox => Provider.GetRequiredService<WebhookInbox>();

    public void Dispose() => Provider.Dispose();

    public ValueTask DisposeAsync() => Provider.DisposeAsync();

    // Instances, since a container disposes of what its own factories made.
    private static void Borrow(ServiceCollection services, IServiceProvider application)
    {
        var loggers = application.GetRequiredService<ILoggerFactory>();
        services.AddLogging();
        services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(new InboxLoggerFactory(loggers)));
        services.AddSingleton(loggers.CreateLogger(InboxLoggerFactory.Category));
        services.AddSingleton(application.GetRequiredService<SourceRegistrations>());
        services.AddSingleton(application.GetRequiredService<IMeterFactory>());
        services.AddSingleton(application.GetRequiredService<TimeProvider>());
        if (application.GetService<Random>() is { } random)
            services.AddSingleton(random);
    }

    private static void AddOptions(ServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<WebhookInboxOptions, InboxOptionsValidator>();
        services.AddOptions<WebhookSenderOptions>().Configure<IOptions<WebhookInboxOptions>>(
            static (sender, inbox) => sender.RetryPolicy = inbox.Value.RetryPolicy);
        services.AddOptions<WebhookDeliveryOptions>().Configure<IOptions<WebhookInboxOptions>>(Fill);
    }

    // A handler that fails says nothing of the next webhook's, so no circuit opens and no source is disabled.
    private static void Fill(WebhookDeliveryOptions delivery, IOptions<WebhookInboxOptions> inbox)
    {
        delivery.Enabled = inbox.Value.Enabled;
        delivery.LeaseDuration = inbox.Value.LeaseDuration;
        delivery.EndpointConcurrency = inbox.Value.SourceConcurrency;
        delivery.SucceededRetention = inbox.Value.HandledRetention;
        delivery.FailedRetention = inbox.Value.FailedRetention;
        delivery.CircuitThreshold = int.MaxValue;
        delivery.DisableAfter = null;
        delivery.MaxPayloadBytes = int.MaxValue;
    }

    private static void LetStoreSee(ServiceCollection services, IServiceProvider application)
    {
        var store = services.Last(static service => service.ServiceType == typeof(WebhookStore));
        if (store.ImplementationFactory is { } factory)
        {
            services.Replace(ServiceDescriptor.Singleton(
                provider => (WebhookStore)factory(new LayeredServices(provider, application))));
        }
    }
}
