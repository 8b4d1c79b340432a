using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>Xero's intent to receive: requests without events, some rightly signed and some wrongly. The former are
/// answered 200 and the latter 401, both without a body.</summary>
internal sealed class XeroHandshake : WebhookHandshake
{
    private const int MaximumLength = 1024;

    public override ValueTask<bool> TryAnswerVerifiedAsync(
        WebhookHandshakeContext context, VerifiedWebhook webhook, CancellationToken cancellationToken)
    {
        if (webhook.Body.Length > MaximumLength || !HasNoEvents(webhook.Body))
            return new(false);

        context.Answer(StatusCodes.Status200OK);
        return new(true);
    }

    public override ValueTask<bool> TryAnswerRefusedAsync(
        WebhookHandshakeContext context, CancellationToken cancellationToken)
    {
        context.Answer(StatusCodes.Status401Unauthorized);
        return new(true);
    }

    private static bool HasNoEvents(in ReadOnlySequence<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("events", out var events)
                && events.ValueKind == JsonValueKind.Array && events.GetArrayLength() == 0;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
