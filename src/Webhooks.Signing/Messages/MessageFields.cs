using System.Buffers;

namespace Webhooks;

/// <summary>Where a scheme's webhooks carry the message id and the event type.</summary>
/// <remarks>
/// A property is named by its name, or, where it doesn't lie at the top level, by a JSON Pointer (RFC 6901) such as
/// <c>/event-data/event</c>. It holds a string or a number; a number stands for its own text. A header wins over a property of the body. Unless the scheme signs a header, whoever can change the request can
/// change it: route on it, never authorise on it.
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

    /// <summary>Finds the fields that lie in a body. Reads it once, and no further than its JSON is well formed.</summary>
    /// <param name="body">The body; any bytes.</param>
    /// <returns>The values of <see cref="IdProperty"/> and <see cref="EventTypeProperty"/>, each
    /// <see langword="null"/> where it isn't named, isn't there, or is neither a string nor a number, and both where the
    /// body isn't JSON. Of properties given twice the last one counts, as it does for the serializer.</returns>
    public (string? Id, string? EventType) FindIn(in ReadOnlySequence<byte> body) =>
        IdProperty is null && EventTypeProperty is null
            ? default
            : BodyProperties.Find(body, IdProperty, EventTypeProperty);
}
