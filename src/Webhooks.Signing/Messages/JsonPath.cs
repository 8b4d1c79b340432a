using System.Globalization;

namespace Webhooks;

/// <summary>What is left of the way to a property: of a name, or of a JSON Pointer (RFC 6901). The default leads
/// nowhere.</summary>
internal readonly struct JsonPath
{
    private readonly string? _text;
    private readonly int _start;
    private readonly bool _isName;

    /// <summary>The way from the top: a pointer if the text starts with a slash, else the name of a property.</summary>
    public JsonPath(string? text)
    {
        _text = text;
        _isName = text is not ['/', ..];
        _start = _isName ? 0 : 1;
    }

    private JsonPath(string text, int start, bool isName) => (_text, _start, _isName) = (text, start, isName);

    /// <summary>Whether the way ends here.</summary>
    public bool IsEnd => _text is not null && _start > _text.Length;

    /// <summary>Whether there is a step left.</summary>
    public bool GoesOn => _text is not null && _start <= _text.Length;

    /// <summary>The next step, as the name of a property.</summary>
    public ReadOnlySpan<char> Segment
    {
        get
        {
            var segment = _text.AsSpan(_start, End - _start);
            return _isName || !segment.Contains('~')
                ? segment
                : segment.ToString().Replace("~1", "/", StringComparison.Ordinal)
                    .Replace("~0", "~", StringComparison.Ordinal);
        }
    }

    /// <summary>The next step, as the place in an array; -1 if it isn't one.</summary>
    public int Index => GoesOn && !_isName && Segment is ['0'] or [not '0', ..]
        && int.TryParse(Segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1;

    private int End
    {
        get
        {
            var slash = _isName ? -1 : _text!.IndexOf('/', _start);
            return slash < 0 ? _text!.Length : slash;
        }
    }

    /// <summary>The way behind the next step.</summary>
    public JsonPath Next() => new(_text!, End + 1, _isName);
}
