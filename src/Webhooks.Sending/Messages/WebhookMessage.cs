using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Webhooks;

/// <summary>
/// One thing that happened, to be told to receivers. Immutable; change one with <c>message with { … }</c>. The payload
/// is turned into bytes once, here: those bytes are signed and those bytes are sent, at every attempt.
/// </summary>
/// <remarks>
/// A payload can be full (the changed object) or thin (only its id, which the receiver asks your API for). Thin
/// payloads stay small, keep personal data out of the receivers' logs and can't be outdated by a retry; full ones spare
/// the receiver a request.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record WebhookMessage
{
    private readonly MessageId _id;
    private readonly string _tenant = "";
    private readonly string? _idempotencyKey;
    private readonly string? _orderingKey;
    private readonly HeaderList _headers = HeaderList.Empty;

    private WebhookMessage(EventType type, ReadOnlyMemory<byte> payload, string contentType, DateTimeOffset timestamp)
    {
        if (type == default)
            throw new ArgumentException("A message needs an event type, such as 'invoice.paid'.", nameof(type));

        _id = MessageId.New();
        EventType = type;
        Payload = payload;
        ContentType = ContentTypeRules.Check(contentType);
        Timestamp = timestamp;
    }

    // What was stored was checked when it was made. Checking it by rules that changed since would lose it.
    private WebhookMessage(MessageRecord record, HeaderList headers)
    {
        _id = MessageId.Parse(record.Id);
        _tenant = record.Tenant;
        _idempotencyKey = record.IdempotencyKey;
        _orderingKey = record.OrderingKey;
        _headers = headers;
        EventType = EventType.OfChecked(record.EventType);
        Payload = record.Payload;
        ContentType = record.ContentType;
        Timestamp = record.Timestamp;
        ExpiresAt = record.ExpiresAt;
    }

    /// <summary>The message's id, the same at every attempt and for every endpoint; receivers drop duplicates by
    /// it.</summary>
    /// <value>The default is a new random id.</value>
    /// <exception cref="ArgumentException">The id is <c>default</c>.</exception>
    public MessageId Id
    {
        get => _id;
        init => _id = string.IsNullOrEmpty(value.Value)
            ? throw new ArgumentException("A message's id can't be empty: use MessageId.New() or MessageId.Parse.")
            : value;
    }

    /// <summary>What happened.</summary>
    public EventType EventType { get; }

    /// <summary>The bytes of the body. Not copied: don't change them as long as the message is in use.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>The media type of the payload.</summary>
    public string ContentType { get; }

    /// <summary>When it happened. Not the time in the signature, which is that of the attempt.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>
    /// Headers that go with this message, under the same rules as <see cref="WebhookEndpoint.Headers"/>.
    /// </summary>
    /// <value>The default is none.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">A header isn't allowed; the message names it, never its value.</exception>
    [JsonIgnore] // Values may be secrets, and whoever logs objects as JSON should not log them.
    public IReadOnlyDictionary<string, string> Headers
    {
        get => _headers.ByName;
        init => _headers = HeaderList.Create(value);
    }

    /// <summary>Whose message it is: only endpoints of the same tenant get it. Up to 128 visible ASCII
    /// characters.</summary>
    /// <value>The default is empty: no tenant.</value>
    /// <exception cref="ArgumentException">The tenant is too long or has other characters.</exception>
    public string Tenant { get => _tenant; init => _tenant = KeyText.CheckTenant(value); }

    /// <summary>Publishing again with the same key (and tenant) within
    /// <see cref="WebhookDeliveryOptions.IdempotencyWindow"/> returns the first message and creates nothing. 1 to 256
    /// visible ASCII characters.</summary>
    /// <value>The default is null: none.</value>
    /// <exception cref="ArgumentException">The key is empty, too long or has other characters.</exception>
    public string? IdempotencyKey { get => _idempotencyKey; init => _idempotencyKey = KeyText.Check(value); }

    /// <summary>Published messages of one key (and tenant) reach each endpoint in their order, one after the other. 1
    /// to 256 visible ASCII characters.</summary>
    /// <value>The default is null: no order.</value>
    /// <exception cref="ArgumentException">The key is empty, too long or has other characters.</exception>
    public string? OrderingKey { get => _orderingKey; init => _orderingKey = KeyText.Check(value); }

    /// <summary>When a published message may be sent first; null for at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When a published message is no longer worth sending: deliveries still pending then fail as expired;
    /// null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    internal KeyValuePair<string, string>[] HeaderItems => _headers.Items;

    /// <summary>A message whose payload is the JSON of an object; safe under trimming and AOT.</summary>
    /// <typeparam name="T">The type of the payload.</typeparam>
    /// <param name="type">What happened.</param>
    /// <param name="payload">The object.</param>
    /// <param name="typeInfo">How to write it, from a <c>JsonSerializerContext</c>.</param>
    /// <param name="timeProvider">The clock <see cref="Timestamp"/> is taken from; the system's unless given.</param>
    /// <exception cref="ArgumentNullException"><paramref name="typeInfo"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="type"/> is <c>default</c>.</exception>
    public static WebhookMessage Create<T>(
        EventType type, T payload, JsonTypeInfo<T> typeInfo, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        return Create(
            type, JsonSerializer.SerializeToUtf8Bytes(payload, typeInfo), ContentTypeRules.Json, timeProvider);
    }

    /// <summary>A message whose payload is the JSON of an object.</summary>
    /// <typeparam name="T">The type of the payload.</typeparam>
    /// <param name="type">What happened.</param>
    /// <param name="payload">The object.</param>
    /// <param name="options">How to write it, with a type info resolver: <see cref="JsonSerializerOptions.Web"/>, or
    /// your own.</param>
    /// <param name="timeProvider">The clock <see cref="Timestamp"/> is taken from; the system's unless given.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="type"/> is <c>default</c>, or the options have no type info
    /// resolver.</exception>
    /// <exception cref="NotSupportedException">The resolver doesn't know <typeparamref name="T"/>.</exception>
    public static WebhookMessage Create<T>(
        EventType type, T payload, JsonSerializerOptions options, TimeProvider? timeProvider = null)
        => Create(type, payload, PayloadJson.TypeInfo<T>(options), timeProvider);

    /// <summary>A message whose payload is bytes.</summary>
    /// <param name="type">What happened.</param>
    /// <param name="payload">The bytes, sent as they stand and not copied.</param>
    /// <param name="contentType">Their media type.</param>
    /// <param name="timeProvider">The clock <see cref="Timestamp"/> is taken from; the system's unless given.</param>
    /// <exception cref="ArgumentException"><paramref name="type"/> is <c>default</c>, or
    /// <paramref name="contentType"/> isn't a media type.</exception>
    public static WebhookMessage Create(
        EventType type,
        ReadOnlyMemory<byte> payload,
        string contentType = ContentTypeRules.Json,
        TimeProvider? timeProvider = null)
        => new(type, payload, contentType, (timeProvider ?? TimeProvider.System).GetUtcNow());

    /// <summary>
    /// A message whose payload is the Standard Webhooks envelope: <c>{"type":…,"timestamp":…,"data":…}</c>.
    /// </summary>
    /// <typeparam name="T">The type of the data.</typeparam>
    /// <param name="type">What happened.</param>
    /// <param name="data">The object that becomes <c>data</c>.</param>
    /// <param name="typeInfo">How to write it, from a <c>JsonSerializerContext</c>.</param>
    /// <param name="timeProvider">The clock <see cref="Timestamp"/> is taken from; the system's unless given.</param>
    /// <exception cref="ArgumentNullException"><paramref name="typeInfo"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="type"/> is <c>default</c>.</exception>
    public static WebhookMessage CreateEnvelope<T>(
        EventType type, T data, JsonTypeInfo<T> typeInfo, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        var now = (timeProvider ?? TimeProvider.System).GetUtcNow();
        return new WebhookMessage(type, PayloadJson.Envelope(type, now, data, typeInfo), ContentTypeRules.Json, now);
    }

    /// <summary>
    /// A message whose payload is the Standard Webhooks envelope: <c>{"type":…,"timestamp":…,"data":…}</c>.
    /// </summary>
    /// <typeparam name="T">The type of the data.</typeparam>
    /// <param name="type">What happened.</param>
    /// <param name="data">The object that becomes <c>data</c>.</param>
    /// <param name="options">How to write it, with a type info resolver.</param>
    /// <param name="timeProvider">The clock <see cref="Timestamp"/> is taken from; the system's unless given.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="type"/> is <c>default</c>, or the options have no type info
    /// resolver.</exception>
    /// <exception cref="NotSupportedException">The resolver doesn't know <typeparamref name="T"/>.</exception>
    public static WebhookMessage CreateEnvelope<T>(
        EventType type, T data, JsonSerializerOptions options, TimeProvider? timeProvider = null)
        => CreateEnvelope(type, data, PayloadJson.TypeInfo<T>(options), timeProvider);

    /// <summary>The message that a store kept. Its payload isn't copied, and nothing is checked again.</summary>
    internal static WebhookMessage OfRecord(MessageRecord record)
        => new(record, MessageHeaders.Read(record.Headers.Span));

    /// <summary>A message that was checked elsewhere, with its headers apart from the record.</summary>
    internal static WebhookMessage OfChecked(MessageRecord record, HeaderList headers) => new(record, headers);

    /// <summary>The id, event type and size, never the payload or headers.</summary>
    public override string ToString() => $"{Id.Value} ({EventType.Value}, {Payload.Length} bytes)";
}
