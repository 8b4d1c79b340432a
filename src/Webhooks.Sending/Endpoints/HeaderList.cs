using System.Collections.ObjectModel;

namespace Webhooks;

/// <summary>Headers that were checked once; an array to walk when sending, a dictionary to show to users.</summary>
internal sealed class HeaderList
{
    public static readonly HeaderList Empty = new([], ReadOnlyDictionary<string, string>.Empty);

    private IReadOnlyDictionary<string, string>? _byName;

    private HeaderList(KeyValuePair<string, string>[] items, IReadOnlyDictionary<string, string>? byName = null)
    {
        Items = items;
        _byName = byName;
    }

    public KeyValuePair<string, string>[] Items { get; }

    // Made when it is first asked for; two threads that ask at once make the same.
    public IReadOnlyDictionary<string, string> ByName => _byName ??= new ReadOnlyDictionary<string, string>(
        new Dictionary<string, string>(Items, StringComparer.OrdinalIgnoreCase));

    public static HeaderList Create(IReadOnlyDictionary<string, string> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        if (headers.Count == 0)
            return Empty;
        if (headers.Count > HeaderRules.MaxCount)
            throw new ArgumentException($"There are more than {HeaderRules.MaxCount} headers: remove some.");

        var byName = new Dictionary<string, string>(headers.Count, StringComparer.OrdinalIgnoreCase);
        var total = 0;
        foreach (var (name, value) in headers)
        {
            HeaderRules.Check(name, value);
            if (!byName.TryAdd(name, value))
                throw new ArgumentException($"The header '{name}' is given twice: names don't differ by case.");
            total += name.Length + value.Length;
        }

        if (total > HeaderRules.MaxTotalLength)
            throw new ArgumentException($"The headers are longer than {HeaderRules.MaxTotalLength} bytes: shorten "
                + "them.");

        return new HeaderList([.. byName], new ReadOnlyDictionary<string, string>(byName));
    }

    /// <summary>Headers that were checked when they were stored.</summary>
    public static HeaderList OfChecked(List<KeyValuePair<string, string>> headers)
    {
        if (headers.Count == 0)
            return Empty;

        var byName = new Dictionary<string, string>(headers.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in headers)
            byName[name] = value;
        return new HeaderList([.. byName], new ReadOnlyDictionary<string, string>(byName));
    }

    /// <summary>Headers that are taken as they are: their names differ by more than case.</summary>
    public static HeaderList OfDistinct(KeyValuePair<string, string>[] headers)
        => headers.Length == 0 ? Empty : new HeaderList(headers);
}
