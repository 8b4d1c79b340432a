using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Webhooks;

/// <summary>A part of a message that a signature covers (RFC 9421, section 2).</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">A field's name in lower case, or a derived component's with its <c>@</c>.</param>
/// <param name="Argument">The key of a field's member, or the name of a query parameter.</param>
/// <param name="Identifier">How signature bases write it.</param>
internal sealed record SignatureComponent(ComponentKind Kind, string Name, string? Argument, string Identifier)
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    /// <summary>Takes a component, with its parameters, out of an inner list.</summary>
    public static bool TryRead(
        ref StructuredFieldReader reader, [NotNullWhen(true)] out SignatureComponent? component)
    {
        component = null;
        if (!reader.TryReadItem(out var item) || item.Kind != StructuredFieldKind.String)
            return false;

        var name = item.Text.ToString();
        if (KindOf(name) is not { } kind || !TryReadArgument(ref reader, ref kind, out var argument))
            return false;

        component = Make(kind, name, argument);
        return true;
    }

    /// <summary>Reads a component as options name it: its name, or as signature bases write it.</summary>
    /// <exception cref="ArgumentException">It isn't one that this library knows.</exception>
    public static SignatureComponent Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reader = new StructuredFieldReader(text.StartsWith('"') ? text : $"\"{text.ToLowerInvariant()}\"");
        return TryRead(ref reader, out var component) && reader.IsAtEnd
            ? component
            : throw new ArgumentException($"'{text}' is no component that can be signed. Use a header's name, a derived "
                + "component such as @method, or \"@query-param\";name=\"id\".", nameof(text));
    }

    private static SignatureComponent Make(ComponentKind kind, string name, string? argument)
    {
        var parameter = kind == ComponentKind.FieldMember ? "key" : "name";
        var identifier = argument is null ? $"\"{name}\"" : $"\"{name}\";{parameter}=\"{argument}\"";
        return new SignatureComponent(kind, name, argument, identifier);
    }

    private static ComponentKind? KindOf(string name) => name switch
    {
        "@method" => ComponentKind.Method,
        "@target-uri" => ComponentKind.TargetUri,
        "@authority" => ComponentKind.Authority,
        "@scheme" => ComponentKind.Scheme,
        "@request-target" => ComponentKind.RequestTarget,
        "@path" => ComponentKind.Path,
        "@query" => ComponentKind.Query,
        "@query-param" => ComponentKind.QueryParameter,
        _ => name.Length > 0 && !name.AsSpan().ContainsAnyExcept(NameCharacters) ? ComponentKind.Field : null,
    };

    // A parameter says how the value is made; one that isn't known must not be passed over.
    private static bool TryReadArgument(ref StructuredFieldReader reader, ref ComponentKind kind, out string? argument)
    {
        argument = null;
        if (!reader.TryReadParameter(out var key, out var value))
            return false;

        if (key.IsEmpty)
            return kind != ComponentKind.QueryParameter;

        // Escapes would let two identifiers name one thing; neither a dictionary's keys nor encoded names need them.
        if (value.Kind != StructuredFieldKind.String || value.Text.Contains('\\'))
            return false;

        argument = value.Text.ToString();
        if (kind == ComponentKind.Field && key is "key")
            kind = ComponentKind.FieldMember;
        else if (kind != ComponentKind.QueryParameter || key is not "name")
            return false;

        return reader.TryReadParameter(out key, out _) && key.IsEmpty;
    }
}
