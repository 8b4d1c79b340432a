namespace Webhooks;

/// <summary>
/// The headers of a received request, whatever collection holds them. Looking one up allocates nothing, so that a
/// server can hand its own collection over.
/// </summary>
public readonly struct SignatureHeaders
{
    private readonly object? _source;
    private readonly Func<object, string, HeaderValue>? _lookup;

    /// <summary>Makes a view of a header collection.</summary>
    /// <param name="source">The collection.</param>
    /// <param name="lookup">Finds a name in it, ignoring case, and counts the field lines that have it.</param>
    public SignatureHeaders(object source, Func<object, string, HeaderValue> lookup)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(lookup);
        (_source, _lookup) = (source, lookup);
    }

    /// <summary>Copies headers, a pair for each field line, in any order.</summary>
    /// <param name="headers">The field lines. Names are compared ignoring case.</param>
    /// <returns>The view.</returns>
    public static SignatureHeaders From(IEnumerable<KeyValuePair<string, string>> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return new SignatureHeaders(
            headers.ToArray(), static (lines, name) => Find((KeyValuePair<string, string>[])lines, name));
    }

    /// <summary>Looks a header up.</summary>
    /// <param name="name">The header's name, in any case.</param>
    /// <returns>How often the name occurs, and the first value.</returns>
    public HeaderValue Find(string name) => _lookup is null ? default : _lookup(_source!, name);

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
