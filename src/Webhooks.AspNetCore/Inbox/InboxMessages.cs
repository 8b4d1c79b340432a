using System.Buffers;
using System.Buffers.Text;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
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
        var received = RequestCopy.Of(webhook, request);
        var facts = received.Headers.Where(static header => header.Value.Length > 0).ToList();
        facts.Add(new(Source, received.Source));
        if (received.Id is { } id)
            facts.Add(new(Id, id));
        if (received.EventType is { } type)
            facts.Add(new(Type, type));
        if (received.Timestamp is { } time)
            facts.Add(new(Time, time.UtcTicks.ToString(CultureInfo.InvariantCulture)));
        if (Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C, Id: { } trace })
            facts.Add(new(Trace, trace));
        return WebhookMessage.OfRecord(new MessageRecord
        {
            Id = "in_" + Digest(webhook.DuplicateKey),
            EventType = EventType.TryParse(received.EventType, out var known) ? known.Value : UnknownType,
            Timestamp = received.Timestamp ?? now,
            ContentType = received.ContentType ?? "",
            Payload = received.Body.ToArray(),
            Headers = MessageHeaders.Write(facts.ToArray()),
            OrderingKey = orderingKey is null ? null : Digest(orderingKey),
        });
    }

    public static ReceivedWebhook Read(
        WebhookMessage message, int attempt, Func<DbTransaction, CancellationToken, ValueTask> mark) => new()
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
            Mark = mark,
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

    private static DateTimeOffset? TimestampOf(WebhookMessage message)
        => message.Headers.GetValueOrDefault(Time) is { } ticks
            ? new DateTimeOffset(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero)
            : null;

    private static string? ContentTypeOf(WebhookMessage message)
        => message.ContentType.Length == 0 ? null : message.ContentType;

    private static string Digest(string text)
        => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 21));
}
