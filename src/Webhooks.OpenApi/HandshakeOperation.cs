using Microsoft.OpenApi;

namespace Webhooks;

/// <summary>Describes how a provider's question is answered, which never reaches the application.</summary>
internal static class HandshakeOperation
{
    public static void Describe(OpenApiOperation operation, WebhookSource source)
    {
        operation.Summary ??= $"Answers the handshake of '{source.Name}'.";
        operation.Parameters = null;
        operation.RequestBody = null;
        operation.Responses = new OpenApiResponses
        {
            ["200"] = new OpenApiResponse { Description = "The answer to the handshake." },
            ["401"] = new OpenApiResponse { Description = "It isn't a handshake that this route takes." },
        };
    }
}
