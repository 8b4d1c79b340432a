using System.Buffers;
using System.Collections.Frozen;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Webhooks;

/// <summary>A webhook whose sender, freshness and bytes were verified. A handler takes it as a parameter.</summary>
/// <remarks>It belongs to its request and is for use by one thread at a time. The body is not copied: it is read where
/// the server received it, and can be read until the request ends, not later.</remarks>
[ModelBinder(typeof(VerifiedWebhookModelBinder))]
[DebuggerDisplay("{ToString(),nq}")]
public sealed class VerifiedWebhook
{
    private readonly WebhookSource _source;
    private readonly HeldBody _body;
    private readonly long _timestamp;
    private string? _id;
    private string? _eventType;
    private readonly SignedContent _content;
    private string? _duplicateKey;
    private bool _searched;

    internal VerifiedWebhook(WebhookSource source, HttpRequest request, in VerificationResult result, HeldBody body)
    {
        (_source, _body) = (source, body);
        Secret = result.Secret;
        _timestamp = result.Timestamp?.UtcTicks ?? -1;
        // An id that isn't signed is one of the scheme's fields, for which a provider may have its own.
        _id = source.Scheme.SignsId || ReferenceEquals(Fields, source.Scheme.Fields) ? result.MessageId : null;
        _eventType = source.Handshake?.FindEventType(request);
        if (HeaderFields.AreIn(request, Fields))
        {
            _id ??= HeaderFields.FindId(request.Headers, Fields);
            _eventType ??= HeaderFields.Find(request.Headers, Fields.EventTypeHeader);
            _searched = Fields.StructuredMediaType is not null;
        }

        _content = SignedContent.Of(source, request, result);
    }

    /// <summary>The name of the source that it was verified for.</summary>
    public string Source => _source.Name;

    /// <summary>What the inbox answers once it has stored it.</summary>
    internal int StoredStatus => _source.StoredStatus;

    /// <summary>The secret that signed it.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal SigningSecret? Secret { get; }

    /// <summary>The message id, the same in every attempt to deliver the message; <see langword="null"/> when there is
    /// none. Some schemes don't sign it: see <see cref="MessageFields"/>.</summary>
    /// <exception cref="ObjectDisposedException">The request has ended, and the id is in the body.</exception>
    public string? Id => _id ?? Search(Fields.IdProperty, ref _id);

    /// <summary>The event type; <see langword="null"/> when there is none. Some schemes don't sign it: see
    /// <see cref="MessageFields"/>.</summary>
    /// <exception cref="ObjectDisposedException">The request has ended, and the event type is in the body.</exception>
    public string? EventType => _eventType ?? Search(Fields.EventTypeProperty, ref _eventType);

    /// <summary>When the sender signed it; <see langword="null"/> for schemes that don't say.</summary>
    public DateTimeOffset? Timestamp => _timestamp < 0 ? null : new DateTimeOffset(_timestamp, TimeSpan.Zero);

    /// <summary>
    /// A text that is the same for each copy of this webhook and different for every other one: the source with the
    /// message id where the scheme signs it or signs nothing, and otherwise with a digest of what was signed. Whoever
    /// recorded a signed webhook can't make a copy of it with another key. Secrets with different
    /// <see cref="SigningSecret.Owner"/>s make different keys. Up to about 400 characters, source included.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The request has ended, and the key wasn't asked for before.</exception>
    public string DuplicateKey => _duplicateKey ??= _content.KeyOf(this);

    /// <summary>The bytes that were verified, in the server's own buffers: valid until the request ends.</summary>
    /// <exception cref="ObjectDisposedException">The request has ended.</exception>
    public ReadOnlySequence<byte> Body => _body.Bytes;

    /// <summary>Copies the body, for use after the request has ended.</summary>
    /// <returns>The bytes that were verified.</returns>
    /// <exception cref="ObjectDisposedException">The request has ended.</exception>
    public byte[] ToArray() => Body.ToArray();

    /// <summary>Reads the body as JSON.</summary>
    /// <typeparam name="T">What to read.</typeparam>
    /// <param name="typeInfo">How to read it, from a
    /// <see cref="System.Text.Json.Serialization.JsonSerializerContext"/>.</param>
    /// <returns>The payload; <see langword="null"/> if the body is the JSON literal <c>null</c>.</returns>
    /// <exception cref="BadHttpRequestException">The body is no JSON, or not of the type; it answers 400 when it isn't
    /// caught. The <see cref="JsonException"/> is its inner exception.</exception>
    /// <exception cref="ObjectDisposedException">The request has ended.</exception>
    public T? ReadPayload<T>(JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        try
        {
            return JsonPayload.Read(Body, typeInfo, default);
        }
        catch (JsonException exception)
        {
            throw new BadHttpRequestException(
                "The webhook's payload can't be read as JSON of the type asked for.",
                StatusCodes.Status400BadRequest,
                exception);
        }
    }

    /// <summary>Gives the request's verified webhook to a route handler's parameter.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The webhook.</returns>
    /// <exception cref="InvalidOperationException">The request was not verified: the route isn't protected.</exception>
    public static ValueTask<VerifiedWebhook?> BindAsync(HttpContext context) =>
        ValueTask.FromResult<VerifiedWebhook?>(context.GetVerifiedWebhook());

    /// <summary>The source, for logs. Nothing that the sender wrote.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() => $"Verified webhook from {Source}";

    /// <summary>Whether handlers took it and have ended.</summary>
    internal bool IsHandled { get; set; }

    /// <summary>The headers that are nothing for handlers.</summary>
    internal FrozenSet<string> HeldBackHeaders => _source.HeldBackHeaders;

    private MessageFields Fields => _source.Fields;

    internal void Release(HttpContext context)
    {
        context.Features.Set<VerifiedWebhook>(null);
        _body.Release(context.Request);
    }

    private string? Search(string? property, ref string? found)
    {
        if (property is null || _searched)
            return found;

        var (id, eventType) = Fields.FindIn(Body);
        _id ??= id;
        _eventType ??= eventType;
        _searched = true;
        return found;
    }
}
