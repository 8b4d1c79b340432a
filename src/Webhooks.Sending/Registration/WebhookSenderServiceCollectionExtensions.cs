using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Webhooks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the webhook sender to an application.</summary>
public static class WebhookSenderServiceCollectionExtensions
{
    private const string HttpClientName = "Webhooks.Sending";

    /// <summary>Adds <see cref="IWebhookSender"/>, and with a store <see cref="IWebhookPublisher"/> and
    /// <see cref="IWebhookEndpoints"/>. The options are checked when the application starts.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Changes options from their defaults; null leaves them.</param>
    /// <returns>A builder to go on from.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static WebhookSenderBuilder AddWebhookSender(
        this IServiceCollection services, Action<WebhookSenderOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptionsWithValidateOnStart<WebhookSenderOptions, WebhookSenderOptionsValidator>();
        if (configure is not null)
            options.Configure(configure);
        return AddServices(services);
    }

    /// <summary>
    /// Adds the same with options from configuration, such as
    /// <c>builder.Configuration.GetSection("Webhooks")</c>. They are checked when the application starts.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configuration">The section whose keys are the names of <see cref="WebhookSenderOptions"/>, with a
    /// section <c>Delivery</c> in it for <see cref="WebhookDeliveryOptions"/>.</param>
    /// <param name="configure">Changes options after configuration; null leaves them.</param>
    /// <returns>A builder to go on from.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="configuration"/> is
    /// null.</exception>
    public static WebhookSenderBuilder AddWebhookSender(
        this IServiceCollection services,
        IConfiguration configuration,
        Action<WebhookSenderOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.Configure<WebhookSenderOptions>(options => WebhookSenderConfiguration.Bind(configuration, options));
        services.Configure<WebhookDeliveryOptions>(
            options => WebhookDeliveryConfiguration.Bind(configuration, options));
        return services.AddWebhookSender(configure);
    }

    private static WebhookSenderBuilder AddServices(IServiceCollection services)
    {
        services.AddLogging();
        var isFirst = services.All(static service => service.ServiceType != typeof(EndpointConnections));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(NetworkResolver.System);
        services.TryAddSingleton(static provider => new NetworkPolicy(Options(provider).Network));
        services.TryAddSingleton(CreateConnections);
        services.TryAddSingleton<IWebhookSigner, EndpointSigner>();
        services.TryAddSingleton<AttemptMetrics>();
        services.TryAddSingleton(CreateAttemptSender);
        services.TryAddSingleton(CreateSender);
        services.TryAddSingleton<IDeliveryHandler, HttpDeliveryHandler>();
        HealthRegistration.Add(services);
        EndpointRegistration.Add(services);
        EngineRegistration.Add(services);
        var client = services.AddHttpClient(HttpClientName);
        return new WebhookSenderBuilder(services, isFirst ? ConfigureHttpClient(client) : client);
    }

    // The handler lives as long as the application: it replaces connections by itself, and with them the DNS answers.
    // It is a service so that the container closes the connections; the factory would leave them open.
    private static IHttpClientBuilder ConfigureHttpClient(IHttpClientBuilder client) => client
        .ConfigurePrimaryHttpMessageHandler(static provider => provider.GetRequiredService<EndpointConnections>())
        // What an application adds to all its clients is meant for services of its own: headers handed on, retries and
        // time limits that would multiply the sender's. These defaults come first, so this removes nobody else's.
        .ConfigureAdditionalHttpMessageHandlers(static (handlers, _) => handlers.Clear())
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
        .RemoveAllLoggers();

    private static EndpointConnections CreateConnections(IServiceProvider provider) => new(
        provider.GetRequiredService<NetworkPolicy>(),
        provider.GetRequiredService<NetworkResolver>(),
        provider.GetRequiredService<TimeProvider>());

    private static AttemptSender CreateAttemptSender(IServiceProvider provider) => new(
        new HttpMessageInvoker(
            provider.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(HttpClientName),
            disposeHandler: false),
        provider.GetRequiredService<IWebhookSigner>(),
        Options(provider),
        provider.GetRequiredService<NetworkPolicy>(),
        provider.GetRequiredService<AttemptMetrics>(),
        provider.GetRequiredService<TimeProvider>(),
        Logger(provider));

    private static IWebhookSender CreateSender(IServiceProvider provider) => new WebhookSender(
        provider.GetRequiredService<AttemptSender>(),
        Options(provider).RetryPolicy ?? Options(provider).Retry.ToPolicy(),
        provider.GetService<Random>() ?? Random.Shared,
        provider.GetRequiredService<AttemptMetrics>(),
        provider.GetRequiredService<TimeProvider>(),
        Logger(provider));

    private static WebhookSenderOptions Options(IServiceProvider provider)
        => provider.GetRequiredService<IOptions<WebhookSenderOptions>>().Value;

    private static ILogger Logger(IServiceProvider provider)
        => provider.GetRequiredService<ILoggerFactory>().CreateLogger(HttpClientName);
}
