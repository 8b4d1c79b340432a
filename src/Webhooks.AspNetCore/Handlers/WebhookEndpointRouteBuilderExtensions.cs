using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Webhooks;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps routes to handlers of webhooks.</summary>
public static class WebhookEndpointRouteBuilderExtensions
{
    /// <summary>Maps a route for the webhooks of a source. It is protected as with
    /// <see cref="WebhookVerificationEndpointConventionBuilderExtensions.RequireWebhookVerification"/>, and runs the
    /// handlers that are then added to it. When they return it answers 200.</summary>
    /// <param name="endpoints">The application's routes.</param>
    /// <param name="pattern">The route's pattern, such as <c>/hooks/billing</c>.</param>
    /// <param name="source">The source's name, as given to <see cref="WebhookVerificationBuilder"/>; case doesn't
    /// matter.</param>
    /// <returns>A builder that takes the handlers.</returns>
    /// <exception cref="ArgumentException"><paramref name="source"/> is blank.</exception>
    /// <exception cref="InvalidOperationException"><c>AddWebhookVerification</c> was not called.</exception>
    public static WebhookHandlersBuilder MapWebhook(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, string source)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        var services = endpoints.ServiceProvider;
        var table = services.GetService<WebhookHandlerTable>() ?? throw new InvalidOperationException(
            "Call services.AddWebhookVerification() and add the sources before app.MapWebhook(…).");

        // All methods: which of them the source takes is for the verification to say, and some handshakes are GETs.
        var inbox = services.GetService<InboxIntake>();
        var handlers = table.Of(source);
        var endpoint = endpoints.Map(pattern, new HandlerEndpoint(table, inbox).InvokeAsync)
            .RequireWebhookVerification(source)
            .WithMetadata(new HandledRoute(handlers, inbox is not null));
        return new WebhookHandlersBuilder(endpoint, handlers, services);
    }
}
