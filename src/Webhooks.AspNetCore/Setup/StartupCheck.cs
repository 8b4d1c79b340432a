using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Finds at start what would otherwise be found by the first webhook: bad options, protected routes whose
/// source doesn't exist, a pipeline without the middleware, and handlers that can't run.</summary>
internal sealed class StartupCheck(
    WebhookSources sources,
    PipelineMarker marker,
    WebhookHandlerTable handlers,
    ILogger<WebhookVerificationMiddleware> logger)
    : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        sources.Validate();
        next(app);

        // The data sources of all endpoints are known only once the application has built its pipeline.
        foreach (var endpoint in app.ApplicationServices.GetService<EndpointDataSource>()?.Endpoints ?? [])
            Check(endpoint);
        HandlerCheck.Run(handlers, app.ApplicationServices.GetService<IServiceProviderIsService>());
    };

    private void Check(Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<RequireWebhookVerificationAttribute>() is not { } protection)
            return;

        if (!sources.TryFind(protection.Source, out _))
            throw new InvalidOperationException(
                $"The endpoint '{endpoint.DisplayName}' requires verification as a webhook of '{protection.Source}', "
                + "but there is no such source. Add it with AddWebhookVerification().AddSource(…), or "
                + "correct the name.");
        if (!marker.IsInPipeline)
            Log.MiddlewareMissing(logger, endpoint.DisplayName, protection.Source);
    }
}
