using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.OpenApi;

namespace Webhooks;

/// <summary>Writes a route's pattern as OpenAPI writes paths: without constraints, defaults and asterisks.</summary>
internal static class RoutePath
{
    public static string Of(RoutePattern pattern) =>
        "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(TextOf))));

    public static IList<IOpenApiParameter> ParametersOf(RoutePattern pattern) =>
    [
        .. pattern.Parameters.Select(parameter => new OpenApiParameter
        {
            Name = parameter.Name,
            In = ParameterLocation.Path,
            Required = true,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        }),
    ];

    private static string TextOf(RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
        RoutePatternSeparatorPart separator => separator.Content,
        _ => "",
    };
}
