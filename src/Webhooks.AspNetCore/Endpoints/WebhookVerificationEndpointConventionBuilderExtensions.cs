using Webhooks;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Protects endpoints.</summary>
public static class WebhookVerificationEndpointConventionBuilderExtensions
{
    /// <summary>Lets only webhooks of a source reach the endpoints: anything that isn't proven to come from it is
    /// refused before they run. Needs <c>app.UseWebhookVerification()</c>; without it the endpoints answer
    /// 500. The methods of the source's handshake reach the middleware too, though never the endpoints.</summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="builder">The endpoint, or a group of them.</param>
    /// <param name="source">The source's name, as given to <see cref="WebhookVerificationBuilder"/>; case doesn't
    /// matter. A source named on an endpoint goes before one named on its group.</param>
    /// <returns><paramref name="builder"/></returns>
    /// <exception cref="ArgumentException"><paramref name="source"/> is blank.</exception>
    public static TBuilder RequireWebhookVerification<TBuilder>(this TBuilder builder, string source)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        var protection = new RequireWebhookVerificationAttribute(source);
        builder.Add(endpoint => Protect(endpoint, protection));
        builder.Finally(HandshakeMethods.Add);
        return builder;
    }

    private static void Protect(EndpointBuilder endpoint, RequireWebhookVerificationAttribute protection)
    {
        endpoint.Metadata.Add(protection);
        if (endpoint.RequestDelegate is not { } unguarded)
            return;

        endpoint.RequestDelegate = new EndpointGuard(unguarded, protection.Source).InvokeAsync;
        endpoint.Metadata.Add(GuardedMarker.Instance);
    }
}
