using Microsoft.Extensions.DependencyInjection;
using Webhooks;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts the verification of webhooks in the pipeline.</summary>
public static class WebhookVerificationApplicationBuilderExtensions
{
    /// <summary>Verifies the requests of protected routes and refuses what isn't proven. Call it after
    /// <c>UseForwardedHeaders()</c> and <c>UseRouting()</c>, and before anything that reads the request's
    /// body.</summary>
    /// <param name="app">The pipeline.</param>
    /// <returns><paramref name="app"/></returns>
    /// <exception cref="InvalidOperationException"><c>AddWebhookVerification</c> was not called.</exception>
    public static IApplicationBuilder UseWebhookVerification(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var marker = app.ApplicationServices.GetService<PipelineMarker>() ?? throw new InvalidOperationException(
            "Call services.AddWebhookVerification() and add the sources before app.UseWebhookVerification().");

        marker.IsInPipeline = true;
        return app.UseMiddleware<WebhookVerificationMiddleware>();
    }
}
