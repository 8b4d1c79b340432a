using System.Buffers;

namespace Webhooks;

/// <summary>Where a scheme's webhooks carry the message id and the event type.</summary>
/// <remarks>
/// A property is named by its name, or, where it doesn't lie at the top level, by a JSON Pointer (RFC 6901) such as
/// <c>/event-data/event</c>. It holds a string or a number; a number stands for its own text. A header wins over a
/// property of the body. Unless the scheme signs a header, whoever can change the request can change it: route on it,
/// never authorise on it.
/// </remarks>
public sealed record MessageFields
{
    /// <summary>No field is known.</summary>
    public static MessageFields None { get; } = new();

    /// <summary>The header that carries the message id, or <see langword="null"/>.</summary>
    public string? IdHeader { get; init; }

    /// <summary>The property of the JSON body, by name or JSON Pointer, that carries the message id, or
    /// <see langword="null"/>.</summary>
    public string? IdProperty { get; init; }

    /// <summary>The header that carries the event type, or <see langword="null"/>.</summary>
    public string? EventTypeHeader { get; init; }

    /// <summary>The property of the JSON body, by name or JSON Pointer, that carries the event type, or
    /// <see langword="null"/>.</summary>
    public string? EventTypeProperty { get; init; }

    /// <summary>The header that says what the message id is unique within, or <see langword="null"/>: ids of other
    /// scopes may be the same. The scope and a space then stand before the id.</summary>
    public string? IdScopeHeader { get; init; }

    /// <summary>The property of the JSON body, by name or JSON Pointer, that says what the message id is unique within,
    /// or <see langword="null"/>.</summary>
    public string? IdScopeProperty { get; init; }

    /// <summary>
    /// The media type of requests that carry their fields in the body alone, where all others carry them in headers
    /// alone, as CloudEvents do; <see langword="null"/> to look in both.
    /// </summary>
    public string? StructuredMediaType { get; init; }

    /// <summary>Finds the fields that lie in a body. Reads no further than its JSON is well formed.</summary>
    /// <param name="body">The body; any bytes.</param>
    /// <returns>The values of <see cref="IdProperty"/> and <see cref="EventTypeProperty"/>, each
    /// <see langword="null"/> where it isn't named, isn't there, or is neither a string nor a number, and both where the
    /// body isn't JSON. The id has its scope before it where <see cref="IdScopeProperty"/> is named. Of properties given
    /// twice the last one counts, as it does for the serializer.</returns>
    public (string? Id, string? EventType) FindIn(in ReadOnlySequence<byte> body)
    {
        if (IdProperty is null && EventTypeProperty is null)
            return default;

        var (id, eventType) = BodyProperties.Find(body, IdProperty, EventTypeProperty);
        if (IdScopeProperty is not null && id is not null)
            id = Scope(BodyProperties.Find(body, IdScopeProperty, null).First, id);
        return (id, eventType);
    }

    /// <summary>Puts the scope before the id. Without the one there isn't the other.</summary>
    internal static string? Scope(string? scope, string? id) => scope is null || id is null ? null : $"{scope} {id}";
}
