using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Webhooks;

/// <summary>The form of the bodies that a route's handlers read.</summary>
internal sealed class PayloadSchema(OpenApiDocument document, OpenApiDocumentTransformerContext context)
{
    private readonly JsonSerializerOptions _json =
        context.ApplicationServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;

    public async Task<OpenApiMediaType> DescribeAsync(HandledRoute route, CancellationToken cancellationToken)
    {
        var schemas = new List<IOpenApiSchema>();
        foreach (var type in route.Payloads.Select(handled => handled.Payload).Distinct())
        {
            schemas.Add(type is not null && _json.TryGetTypeInfo(type, out _)
                ? await FindAsync(type, cancellationToken).ConfigureAwait(false)
                : new OpenApiSchema());
        }

        // Handlers of different event types may read the same body in different ways, so it can fit more than one.
        var payload = schemas is [var only] ? only : new OpenApiSchema { AnyOf = schemas };
        return new OpenApiMediaType { Schema = Wrap(payload, route.PayloadPath) };
    }

    private async Task<IOpenApiSchema> FindAsync(Type type, CancellationToken cancellationToken)
    {
        var schema = await context.GetOrCreateSchemaAsync(type, null, cancellationToken).ConfigureAwait(false);
        var options = context.ApplicationServices.GetRequiredService<IOptionsMonitor<OpenApiOptions>>()
            .Get(context.DocumentName);
        if (options.CreateSchemaReferenceId(_json.GetTypeInfo(type)) is not { } id)
            return schema;

        document.AddComponent(id, schema);
        return new OpenApiSchemaReference(id, document);
    }

    private static IOpenApiSchema Wrap(IOpenApiSchema payload, IReadOnlyList<string> path) =>
        path.Reverse().Aggregate(payload, (inner, name) => new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema> { [name] = inner },
            Required = new HashSet<string> { name },
        });
}
