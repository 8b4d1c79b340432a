using Microsoft.OpenApi;

namespace Webhooks;

/// <summary>What a source asks of every request, and how the middleware answers.</summary>
internal sealed class WebhookOperation(WebhookSource source, OpenApiDocument document)
{
    public void Complete(OpenApiOperation operation)
    {
        AddHeaders(operation);
        AddCredentials(operation);
        foreach (var (status, description) in Refusals())
            AddProblem(operation, status, description);
    }

    /// <summary>Adds an answer with problem details, unless the application has described it.</summary>
    public void AddProblem(OpenApiOperation operation, string status, string description)
    {
        operation.Responses ??= [];
        operation.Responses.TryAdd(status, new OpenApiResponse
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new() { Schema = ProblemSchema.In(document) },
            },
        });
    }

    private void AddHeaders(OpenApiOperation operation)
    {
        operation.Parameters ??= [];
        foreach (var name in source.Scheme.Headers.Union(Fields, StringComparer.OrdinalIgnoreCase))
        {
            if (operation.Parameters.Any(known => IsHeader(known, name)))
                continue;

            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Header,
                Required = IsNeeded(name),
                Description = Describe(name),
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
    }

    private IEnumerable<string> Fields =>
        new[] { source.Fields.IdHeader, source.Fields.EventTypeHeader }.OfType<string>();

    // Without a header that isn't signed, a request can be verified all the same.
    private bool IsNeeded(string header) => !Fields.Contains(header, StringComparer.OrdinalIgnoreCase)
        || (source.Scheme.SignsId && Is(header, source.Fields.IdHeader));

    private string Describe(string header) =>
        Is(header, source.Fields.IdHeader) ? "The message id."
        : Is(header, source.Fields.EventTypeHeader) ? "The event type."
        : $"Proof of the signature scheme '{source.Scheme.Name}'.";

    private static bool Is(string header, string? name) => header.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static bool IsHeader(IOpenApiParameter parameter, string name) =>
        parameter.In == ParameterLocation.Header && Is(name, parameter.Name);

    private void AddCredentials(OpenApiOperation operation)
    {
        if (source.Credentials is not { } credentials)
            return;

        operation.Security = [];
        if (credentials.ApiKeyHeader is { } header)
            Add("api-key", new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = header,
            });
        if (credentials.TakesBearer)
            Add("bearer", new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" });
        if (credentials.TakesBasic)
            Add("basic", new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "basic" });

        void Add(string kind, OpenApiSecurityScheme scheme)
        {
            var id = $"webhooks-{source.Name}-{kind}";
            document.AddComponent(id, scheme);
            operation.Security!.Add(new() { [new OpenApiSecuritySchemeReference(id, document)] = [] });
        }
    }

    private IEnumerable<(string Status, string Description)> Refusals()
    {
        yield return ("400", "The body broke off, or isn't what the handlers take.");
        yield return ("401", "The request isn't proven to come from the sender, or is too old.");
        if (source.Callers is not null)
            yield return ("403", "The sender's address isn't allowed.");
        yield return ("408", "The body came too slowly.");
        yield return ("413", $"The body is larger than {source.MaxBodySize} bytes.");
        yield return ("415", "The body is of another media type, or encoded.");
        if (source.FailureLimit is not null)
            yield return ("429", "The sender's address failed to prove itself too often.");
        yield return ("503", "The request can't be verified now. Send it again later.");
    }
}
