using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Webhooks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the verification of webhooks to an application.</summary>
public static class WebhookVerificationServiceCollectionExtensions
{
    /// <summary>Adds the verification. Sources are then added to the builder, and <c>app.UseWebhookVerification()</c>
    /// puts it in the pipeline. Everything is validated when the application starts.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets what holds for every source.</param>
    /// <returns>A builder that takes the sources.</returns>
    public static WebhookVerificationBuilder AddWebhookVerification(
        this IServiceCollection services, Action<WebhookVerificationOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var builder = new WebhookVerificationBuilder(services);
        services.AddOptions();
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PublishedLists>();
        services.TryAddSingleton(AddressNameResolver.System);
        services.TryAddSingleton(CreateLookup);
        services.TryAddSingleton<DomainConfirmer>();
        services.TryAddSingleton<CallerCheck>();
        services.TryAddSingleton<FailureLimiter>();
        services.TryAddSingleton<WebhookSources>();
        services.TryAddSingleton<VerificationMetrics>();
        services.TryAddSingleton<WebhookVerifier>();
        DuplicateRegistration.Add(services);
        services.TryAddSingleton<DuplicateMetrics>();
        services.TryAddSingleton<DuplicateGate>();
        services.TryAddSingleton<HandshakeMetrics>();
        services.TryAddSingleton<HandshakeRunner>();
        services.TryAddSingleton(CreateFetcher);
        services.TryAddSingleton<SignatureKeySource, FetchedKeys>();
        services.TryAddSingleton<SnsSubscriptions>();
        services.AddHostedService<PublishedListRefresher>();
        services.TryAddSingleton<PipelineMarker>();
        services.TryAddSingleton<HandlerMetrics>();
        services.TryAddSingleton<WebhookHandlerTable>();
        services.TryAddEnumerable(ServiceDescriptor.Transient<IStartupFilter, StartupCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, GuardMatcherPolicy>());
        if (configure is not null)
            services.Configure(configure);
        return builder;
    }

    /// <summary>Adds the verification with sources from configuration: <c>Sources:{name}:Provider</c>
    /// or <c>:Scheme</c>, <c>Sources:{name}:Secrets:0</c> and so on, by the names of the properties of
    /// <see cref="WebhookSourceOptions"/>. Changed configuration takes effect without a restart.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configuration">The section that holds <c>Sources</c>, and beside it what holds for every source, by
    /// the names of the properties of <see cref="WebhookVerificationOptions"/>; those of
    /// <see cref="WebhookDuplicateOptions"/> stand in <c>Duplicates</c>.</param>
    /// <returns>A builder that takes more sources.</returns>
    public static WebhookVerificationBuilder AddWebhookVerification(
        this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var builder = services.AddWebhookVerification();
        SourceRegistrations.Of(services).AddConfiguration(configuration);
        services.AddSingleton<IConfigureOptions<WebhookSourceOptions>>(new SourceConfiguration(configuration));
        services.AddSingleton<IConfigureOptions<WebhookVerificationOptions>>(new DefaultsConfiguration(configuration));
        services.AddSingleton<IConfigureOptions<WebhookDuplicateOptions>>(new DuplicateConfiguration(configuration));
        services.AddSingleton<IOptionsChangeTokenSource<WebhookVerificationOptions>>(
            new ConfigurationChangeTokenSource<WebhookVerificationOptions>(configuration));
        return builder;
    }

    private static DomainLookup CreateLookup(IServiceProvider services) => new(
        services.GetRequiredService<AddressNameResolver>(),
        services.GetService<NetworkResolver>() ?? NetworkResolver.System,
        services.GetRequiredService<TimeProvider>());

    // What the application allows its sender to reach holds for what receiving fetches too.
    private static GuardedFetcher CreateFetcher(IServiceProvider services) => new(
        services.GetService<NetworkPolicy>() ?? NetworkPolicy.Default,
        services.GetService<NetworkResolver>() ?? NetworkResolver.System,
        services.GetRequiredService<TimeProvider>());
}
