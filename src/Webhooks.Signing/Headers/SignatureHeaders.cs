namespace Webhooks;

/// <summary>
/// The headers of a received request, whatever collection holds them. Looking one up allocates nothing, so that a
/// server can hand its own collection over.
/// </summary>
public readonly struct SignatureHeaders
{
    private readonly object? _source;
    private readonly Func<object, string, HeaderValue>? _lookup;
    private readonly Func<object, string, string?>? _combine;

    /// <summary>Makes a view of a header collection.</summary>
    /// <param name="source">The collection.</param>
    /// <param name="lookup">Finds a name in it, ignoring case, and counts the field lines that have it.</param>
    /// <param name="combine">Joins the values of all field lines that have a name, a comma and a space between them;
    /// <see langword="null"/> if there is none. Without it a name that occurs more than once has no combined
    /// value.</param>
    public SignatureHeaders(
        object source,
        Func<object, string, HeaderValue> lookup,
        Func<object, string, string?>? combine = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(lookup);
        (_source, _lookup, _combine) = (source, lookup, combine);
    }

    /// <summary>Copies headers, a pair for each field line, in any order.</summary>
    /// <param name="headers">The field lines. Names are compared ignoring case.</param>
    /// <returns>The view.</returns>
    public static SignatureHeaders From(IEnumerable<KeyValuePair<string, string>> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return new SignatureHeaders(
            headers.ToArray(),
            static (lines, name) => Find((KeyValuePair<string, string>[])lines, name),
            static (lines, name) => Combine((KeyValuePair<string, string>[])lines, name));
    }

    /// <summary>Looks a header up.</summary>
    /// <param name="name">The header's name, in any case.</param>
    /// <returns>How often the name occurs, and the first value.</returns>
    public HeaderValue Find(string name) => _lookup is null ? default : _lookup(_source!, name);

    /// <summary>Joins the values of all field lines that have a name, as RFC 9110, section 5.2, has it.</summary>
    /// <param name="name">The header's name, in any case.</param>
    /// <returns>The values with a comma and a space between them, or <see langword="null"/> if there is none or they
    /// can't be joined.</returns>
    public string? Combine(string name) => Find(name) switch
    {
        { Count: 0 } => null,
        { Count: 1 } single => single.Value,
        _ => _combine?.Invoke(_source!, name),
    };

    private static string Combine(KeyValuePair<string, string>[] lines, string name) => string.Join(", ", lines
        .Where(line => string.Equals(line.Key, name, StringComparison.OrdinalIgnoreCase))
        .Select(line => line.Value.Trim(' ', '\t')));

    private static HeaderValue Find(KeyValuePair<string, string>[] lines, string name)
    {
        var (count, first) = (0, default(string));
        foreach (var (lineName, value) in lines)
        {
            if (string.Equals(lineName, name, StringComparison.OrdinalIgnoreCase))
            {
                first ??= value;
                count++;
            }
        }

        return new HeaderValue(count, first);
    }
}
