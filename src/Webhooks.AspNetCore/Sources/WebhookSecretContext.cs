using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Webhooks;

/// <summary>The request for which <see cref="WebhookSourceOptions.UseSecrets"/> asks for secrets. Nothing in it has
/// been verified yet.</summary>
public sealed class WebhookSecretContext
{
    internal WebhookSecretContext(HttpContext httpContext, string source, SignatureScheme scheme)
    {
        HttpContext = httpContext;
        Source = source;
        Scheme = scheme;
    }

    /// <summary>The request. Its body must be left alone: it has not been read yet.</summary>
    public HttpContext HttpContext { get; }

    /// <summary>The values of the route's parameters.</summary>
    public RouteValueDictionary RouteValues => HttpContext.Request.RouteValues;

    /// <summary>The name of the source whose secrets are asked for.</summary>
    public string Source { get; }

    /// <summary>The scheme that the secrets are for; <see cref="SignatureScheme.ParseSecret"/> makes them from
    /// text.</summary>
    public SignatureScheme Scheme { get; }
}
