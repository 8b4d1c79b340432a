namespace Webhooks;

/// <summary>Writes the headers that carry the message id and the event type.</summary>
internal static class FieldHeaders
{
    public static void Write(MessageFields fields, in SigningContext context, ISignatureHeaderWriter headers)
    {
        if (fields.IdHeader is not null)
        {
            headers.Write(fields.IdHeader, context.MessageId.Value);
        }

        if (fields.EventTypeHeader is not null && context.EventType is not null)
        {
            headers.Write(fields.EventTypeHeader, context.EventType);
        }
    }
}
