using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Webhooks;

/// <summary>Adds the routes of <c>app.MapWebhook</c>: they take any method, so OpenAPI doesn't see them.</summary>
internal sealed class HandledRoutes : IOpenApiDocumentTransformer
{
    public async Task TransformAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var endpoints = context.ApplicationServices.GetRequiredService<EndpointDataSource>().Endpoints;
        foreach (var endpoint in endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<HandledRoute>() is not { } route
                || !IsIn(endpoint, context.DocumentName)
                || SourceLookup.Find(endpoint.Metadata, context.ApplicationServices) is not { } source)
                continue;

            var payload = await new PayloadSchema(document, context).DescribeAsync(route, cancellationToken)
                .ConfigureAwait(false);
            AddOperations(document, endpoint, new HandledOperation(route, source, document, payload));
        }
    }

    private static bool IsIn(RouteEndpoint endpoint, string document) =>
        endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription != true
        && (endpoint.Metadata.GetMetadata<IEndpointGroupNameMetadata>()?.EndpointGroupName is not { } group
            || group == document);

    private static void AddOperations(OpenApiDocument document, RouteEndpoint endpoint, HandledOperation operation)
    {
        var path = RoutePath.Of(endpoint.RoutePattern);
        document.Paths.TryAdd(path, new OpenApiPathItem());
        if (document.Paths[path] is not OpenApiPathItem item)
            return;

        item.Operations ??= [];
        foreach (var method in operation.Source.Methods)
            item.Operations.TryAdd(new HttpMethod(method), operation.Describe(endpoint));
        foreach (var method in operation.Source.Handshake?.Methods ?? [])
            item.Operations.TryAdd(new HttpMethod(method), operation.DescribeHandshake(endpoint));
    }
}
