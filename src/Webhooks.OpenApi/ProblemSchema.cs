using Microsoft.OpenApi;

namespace Webhooks;

/// <summary>The form of a refusal (RFC 9457), which is kept once in the document.</summary>
internal static class ProblemSchema
{
    private const string Id = "WebhookProblem";

    public static IOpenApiSchema In(OpenApiDocument document)
    {
        document.AddComponent(Id, new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
                ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
            },
        });
        return new OpenApiSchemaReference(Id, document);
    }
}
