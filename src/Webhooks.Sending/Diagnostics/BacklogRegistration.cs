using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Adds what shows how much work there is.</summary>
internal static class BacklogRegistration
{
    private const string Category = "Webhooks.Deliveries";

    public static void Add(IServiceCollection services)
        => services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, BacklogGauges>(
            static provider => new BacklogGauges(
                provider.GetRequiredService<WebhookStore>(),
                provider.GetRequiredService<IMeterFactory>(),
                provider.GetRequiredService<EngineTelemetry>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILoggerFactory>().CreateLogger(Category))));
}
