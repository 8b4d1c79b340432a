using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Webhooks;

/// <summary>Completes the description of an application's own routes that are protected.</summary>
internal sealed class ProtectedOperations : IOpenApiOperationTransformer
{
    public Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var source = SourceLookup.Find(
            context.Description.ActionDescriptor.EndpointMetadata, context.ApplicationServices);
        if (source is null)
            return Task.CompletedTask;

        if (source.Methods.Contains(context.Description.HttpMethod, StringComparer.OrdinalIgnoreCase))
            new WebhookOperation(source, context.Document!).Complete(operation);
        else
            HandshakeOperation.Describe(operation, source);
        return Task.CompletedTask;
    }
}
