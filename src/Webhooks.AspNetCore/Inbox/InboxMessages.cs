using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>Turns received webhooks into the engine's messages and back. What the engine has no place for goes with the
/// headers, under names that no header can have.</summary>
internal static class InboxMessages
{
    private const string Source = ":source";
    private const string Id = ":id";
    private const string Type = ":type";
    private const string Time = ":time";
    private const string Trace = ":trace";
    private const string UnknownType = "unknown";

    public static WebhookMessage Write(
        VerifiedWebhook webhook, HttpRequest request, string? orderingKey, DateTimeOffset now)
    {
        var eventType = webhook.EventType;
        var record = new MessageRecord
        {
            Id = InboxIds.Of(webhook.Source, webhook.DuplicateKey),
            EventType = EventType.TryParse(eventType, out var known) ? known.Value : UnknownType,
            Timestamp = webhook.Timestamp ?? now,
            ContentType = request.ContentType ?? "",
            Payload = webhook.ToArray(),
            OrderingKey = orderingKey is null ? null : InboxIds.Digest(orderingKey),
        };
        return WebhookMessage.OfChecked(record, HeaderList.OfDistinct([.. Facts(webhook, eventType, request)]));
    }

    public static ReceivedWebhook Read(WebhookMessage message, int attempt, InboxPlace place) => new()
    {
        Source = message.Headers[Source],
        Id = message.Headers.GetValueOrDefault(Id),
        EventType = message.Headers.GetValueOrDefault(Type),
        Timestamp = TimestampOf(message),
        ContentType = ContentTypeOf(message),
        Headers = message.Headers.Where(static header => !header.Key.StartsWith(':'))
            .ToDictionary(StringComparer.OrdinalIgnoreCase),
        Body = new ReadOnlySequence<byte>(message.Payload),
        Attempt = attempt,
        Place = place,
        StoredIn = message.Headers.GetValueOrDefault(Trace),
    };

    public static InboxContent Show(WebhookMessage message) => new()
    {
        Id = message.Headers.GetValueOrDefault(Id),
        EventType = message.Headers.GetValueOrDefault(Type),
        Timestamp = TimestampOf(message),
        ContentType = ContentTypeOf(message),
        Body = message.Payload,
    };

    private static IEnumerable<KeyValuePair<string, string>> Facts(
        VerifiedWebhook webhook, string? eventType, HttpRequest request)
    {
        foreach (var header in RequestCopy.HeadersOf(webhook, request))
        {
            if (header.Value.Length > 0)
                yield return header;
        }

        yield return new(Source, webhook.Source);
        if (webhook.Id is { } id)
            yield return new(Id, id);
        if (eventType is not null)
            yield return new(Type, eventType);
        if (webhook.Timestamp is { } time)
            yield return new(Time, time.UtcTicks.ToString(CultureInfo.InvariantCulture));
        if (Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C, Id: { } trace })
            yield return new(Trace, trace);
    }

    private static DateTimeOffset? TimestampOf(WebhookMessage message)
        => message.Headers.GetValueOrDefault(Time) is { } ticks
            ? new DateTimeOffset(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero)
            : null;

    private static string? ContentTypeOf(WebhookMessage message)
        => message.ContentType.Length == 0 ? null : message.ContentType;
}
