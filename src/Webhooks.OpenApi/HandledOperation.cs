using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace Webhooks;

/// <summary>Describes a route whose webhooks are given to handlers.</summary>
internal sealed class HandledOperation(
    HandledRoute route, WebhookSource source, OpenApiDocument document, OpenApiMediaType payload)
{
    public WebhookSource Source => source;

    public OpenApiOperation Describe(RouteEndpoint endpoint)
    {
        var operation = Begin(endpoint);
        operation.Parameters = RoutePath.ParametersOf(endpoint.RoutePattern);
        operation.Summary ??= $"Receives webhooks of '{source.Name}'.";
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = "By event type: " + string.Join(", ", route.Payloads.Select(TextOf)) + ".",
            Content = source.ContentTypes.DefaultIfEmpty("application/json").ToDictionary(type => type, _ => payload),
        };
        operation.Responses = Success();
        var webhook = new WebhookOperation(source, document);
        webhook.Complete(operation);
        if (route.RejectsUnknown)
            webhook.AddProblem(operation, "422", "No handler wants the event type.");
        return operation;
    }

    private OpenApiResponses Success()
    {
        var (status, description) = route.IsInbox
            ? (source.StoredStatus, "Stored, and handled after this answer.")
            : (StatusCodes.Status200OK, "Handled, or of an event type nobody wants.");
        return new()
        {
            [status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse { Description = description },
        };
    }

    public OpenApiOperation DescribeHandshake(RouteEndpoint endpoint)
    {
        var operation = Begin(endpoint);
        HandshakeOperation.Describe(operation, source);
        operation.Parameters = RoutePath.ParametersOf(endpoint.RoutePattern);
        // One id names one operation: the webhooks' own.
        operation.OperationId = null;
        return operation;
    }

    private OpenApiOperation Begin(RouteEndpoint endpoint) => new()
    {
        OperationId = endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName,
        Summary = endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary,
        Description = endpoint.Metadata.GetMetadata<IEndpointDescriptionMetadata>()?.Description,
        Tags = TagsOf(endpoint),
    };

    private HashSet<OpenApiTagReference> TagsOf(RouteEndpoint endpoint)
    {
        var names = endpoint.Metadata.GetMetadata<ITagsMetadata>()?.Tags ?? ["webhooks"];
        document.Tags ??= new HashSet<OpenApiTag>();
        foreach (var name in names.Where(name => document.Tags.All(tag => tag.Name != name)))
            document.Tags.Add(new OpenApiTag { Name = name });
        return [.. names.Select(name => new OpenApiTagReference(name, document))];
    }

    private static string TextOf((string EventType, Type? Payload) handled) => handled.Payload is null
        ? $"`{handled.EventType}` (any payload)"
        : $"`{handled.EventType}` ({handled.Payload.Name})";
}
