namespace Webhooks;

/// <summary>Signs with the schemes and secrets of the endpoint.</summary>
internal sealed class EndpointSigner : IWebhookSigner
{
    public ValueTask SignAsync(WebhookSigningContext context, CancellationToken cancellationToken)
    {
        var signatures = context.Endpoint.Signatures;
        if (signatures.Count == 0)
        {
            throw new AttemptException(
                WebhookErrorKind.SigningFailed, "The endpoint has no signature scheme: give it at least one.");
        }

        for (var i = 0; i < signatures.Count; i++)
        {
            CheckActive(signatures[i], context.Timestamp);
            var signing = new SigningContext
            {
                MessageId = context.Message.Id,
                Timestamp = context.Timestamp,
                EventType = context.Message.EventType.Value,
                ContentType = context.Message.ContentType,
                Url = context.Endpoint.Url.AbsoluteUri,
                Secrets = signatures[i].Secrets,
            };
            signatures[i].Scheme.Sign(signing, context.Message.Payload.Span, context.Headers);
        }

        return ValueTask.CompletedTask;
    }

    private static void CheckActive(EndpointSignature signature, DateTimeOffset now)
    {
        for (var i = 0; i < signature.Secrets.Count; i++)
        {
            if (signature.Secrets[i].IsActive(now))
                return;
        }

        throw new AttemptException(
            WebhookErrorKind.SigningFailed,
            $"No secret of the scheme '{signature.Scheme.Name}' is valid now: add one, or widen a validity window.");
    }
}
