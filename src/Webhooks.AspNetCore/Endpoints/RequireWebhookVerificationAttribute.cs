using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Webhooks;

/// <summary>Protects a controller, an action or a route handler: it runs only for webhooks of the source that were
/// verified.</summary>
/// <remarks>Route handlers are better protected with
/// <see cref="Microsoft.AspNetCore.Builder.WebhookVerificationEndpointConventionBuilderExtensions.RequireWebhookVerification"/>,
/// which closes the route even where <c>AddWebhookVerification</c> was forgotten.</remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequireWebhookVerificationAttribute : Attribute, IAuthorizationFilter, IOrderedFilter
{
    /// <summary>Names the source.</summary>
    /// <param name="source">The source's name, as given to <see cref="WebhookVerificationBuilder"/>; case doesn't
    /// matter.</param>
    /// <exception cref="ArgumentException"><paramref name="source"/> is blank.</exception>
    public RequireWebhookVerificationAttribute(string source)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        Source = source;
    }

    /// <summary>The source's name.</summary>
    public string Source { get; }

    int IOrderedFilter.Order => int.MinValue;

    void IAuthorizationFilter.OnAuthorization(AuthorizationFilterContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (EndpointGuard.IsVerified(context.HttpContext, Source))
            return;

        EndpointGuard.LogRefusal(context.HttpContext, Source);
        context.Result = new StatusCodeResult(StatusCodes.Status500InternalServerError);
    }
}
