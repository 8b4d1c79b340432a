using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Webhooks;

/// <summary>Stands right before a protected endpoint, so that it can't run when the middleware was left out of the
/// pipeline, put before routing, or passed by.</summary>
internal sealed class EndpointGuard(RequestDelegate next, string source)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (IsVerified(context, source))
            return next(context);

        LogRefusal(context, source);
        return Problem.WriteAsync(context, StatusCodes.Status500InternalServerError);
    }

    /// <summary>Whether the request was verified for the source that its endpoint asks for. Where several were named
    /// (on a group and on an endpoint in it), the last one counts, as it does for the middleware.</summary>
    public static bool IsVerified(HttpContext context, string source)
    {
        var named = context.GetEndpoint()?.Metadata.GetMetadata<RequireWebhookVerificationAttribute>()?.Source
            ?? source;
        var webhook = context.Features.Get<VerifiedWebhook>();
        return webhook is not null && string.Equals(webhook.Source, named, StringComparison.OrdinalIgnoreCase);
    }

    public static void LogRefusal(HttpContext context, string source)
    {
        var logger = context.RequestServices?.GetService<ILoggerFactory>()?.CreateLogger<EndpointGuard>();
        Log.RouteUnguarded(logger ?? NullLogger<EndpointGuard>.Instance, source);
    }
}
