using Microsoft.AspNetCore.OpenApi;
using Webhooks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Shows the routes of webhooks in OpenAPI documents.</summary>
public static class WebhookOpenApiOptionsExtensions
{
    /// <summary>Adds to the document what senders have to know of protected routes: the headers and credentials that a
    /// source asks for, and how a request is answered. Routes of <c>app.MapWebhook</c>, which OpenAPI wouldn't know of,
    /// are added with the payloads of their handlers.</summary>
    /// <param name="options">The options of the document.</param>
    /// <returns><paramref name="options"/></returns>
    /// <remarks>Payloads are described as the application's JSON options (<c>ConfigureHttpJsonOptions</c>) say; a type
    /// that they don't know is left open. <c>ExcludeFromDescription</c>, <c>WithGroupName</c>, <c>WithTags</c>,
    /// <c>WithName</c>, <c>WithSummary</c> and <c>WithDescription</c> do for these routes what they do for
    /// others.</remarks>
    public static OpenApiOptions AddWebhooks(this OpenApiOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options
            .AddOperationTransformer(new ProtectedOperations())
            .AddDocumentTransformer(new HandledRoutes());
    }
}
