using System.Buffers;

namespace Webhooks;

/// <summary>
/// Reads structured field values (RFC 8941) in place: every method either takes what it names and returns true, or
/// returns false, after which the field as a whole is malformed. The work is bounded by the text's length.
/// </summary>
internal ref struct StructuredFieldReader(ReadOnlySpan<char> text)
{
    private static readonly SearchValues<char> KeyCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.*");

    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~:/");

    private const int MaximumIntegerDigits = 15;
    private const int MaximumWholeDigits = 12;
    private const int MaximumFractionDigits = 3;

    private readonly ReadOnlySpan<char> _text = text.Trim(' ');
    private int _position;
    private bool _afterMember;

    public readonly bool IsAtEnd => _position == _text.Length;

    private readonly ReadOnlySpan<char> Rest => _text[_position..];

    /// <summary>Whether a character is the next.</summary>
    public readonly bool IsNext(char character) => !IsAtEnd && _text[_position] == character;

    /// <summary>Takes one character, if it is the next.</summary>
    public bool TryTake(char character)
    {
        if (!IsNext(character))
            return false;

        _position++;
        return true;
    }

    /// <summary>Skips spaces, which part the items of an inner list.</summary>
    /// <returns>Whether there was one.</returns>
    public bool SkipSpaces()
    {
        var start = _position;
        while (TryTake(' '))
        {
        }

        return _position > start;
    }

    /// <summary>Takes the key of a dictionary's next member, and its equals sign if it has one.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hasValue">Whether a value follows; else the member is true.</param>
    public bool TryReadMember(out ReadOnlySpan<char> key, out bool hasValue)
    {
        key = default;
        hasValue = false;
        if (_afterMember)
        {
            SkipWhitespace();
            if (!TryTake(','))
                return false;
            SkipWhitespace();
        }

        _afterMember = true;
        if (!TryReadKey(out key))
            return false;

        hasValue = TryTake('=');
        return true;
    }

    /// <summary>Takes a parameter, if there is one.</summary>
    /// <param name="key">Its key; empty if there is none.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Whether what comes next is well-formed.</returns>
    public bool TryReadParameter(out ReadOnlySpan<char> key, out StructuredFieldItem value)
    {
        key = default;
        value = StructuredFieldItem.True;
        if (!TryTake(';'))
            return true;

        SkipSpaces();
        return TryReadKey(out key) && (!TryTake('=') || TryReadItem(out value));
    }

    public bool TryReadItem(out StructuredFieldItem item)
    {
        item = default;
        return !IsAtEnd && _text[_position] switch
        {
            '"' => TryReadString(out item),
            ':' => TryReadBytes(out item),
            '?' => TryReadBoolean(out item),
            '-' or (>= '0' and <= '9') => TryReadNumber(out item),
            '*' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') => TryReadToken(out item),
            _ => false,
        };
    }

    private bool TryReadKey(out ReadOnlySpan<char> key)
    {
        key = TakeWhile(KeyCharacters);
        return !key.IsEmpty && (char.IsAsciiLetterLower(key[0]) || key[0] == '*');
    }

    private bool TryReadString(out StructuredFieldItem item)
    {
        item = default;
        for (var i = _position + 1; i < _text.Length; i++)
        {
            switch (_text[i])
            {
                case '"':
                    item = new StructuredFieldItem(StructuredFieldKind.String, _text[(_position + 1)..i], 0);
                    _position = i + 1;
                    return true;
                case '\\' when ++i == _text.Length || _text[i] is not ('"' or '\\'):
                case < ' ' or > '~':
                    return false;
            }
        }

        return false;
    }

    private bool TryReadBytes(out StructuredFieldItem item)
    {
        item = default;
        var length = _text[(_position + 1)..].IndexOf(':');
        if (length < 0)
            return false;

        item = new StructuredFieldItem(
            StructuredFieldKind.ByteSequence, _text.Slice(_position + 1, length), 0);
        _position += length + 2;
        return SignatureEncodings.IsBase64(item.Text);
    }

    private bool TryReadBoolean(out StructuredFieldItem item)
    {
        var valid = Rest is ['?', '0' or '1', ..];
        item = valid
            ? new StructuredFieldItem(StructuredFieldKind.Boolean, Rest[..2], _text[_position + 1] - '0')
            : default;
        _position += valid ? 2 : 0;
        return valid;
    }

    private bool TryReadToken(out StructuredFieldItem item)
    {
        item = new StructuredFieldItem(StructuredFieldKind.Token, TakeWhile(TokenCharacters), 0);
        return true;
    }

    private bool TryReadNumber(out StructuredFieldItem item)
    {
        item = default;
        var start = _position;
        var sign = TryTake('-') ? -1 : 1;
        var whole = TakeDigits(out var value);
        if (whole is 0 or > MaximumIntegerDigits)
            return false;

        var isDecimal = TryTake('.');
        var fraction = isDecimal ? TakeDigits(out _) : 0;
        item = new StructuredFieldItem(
            isDecimal ? StructuredFieldKind.Decimal : StructuredFieldKind.Integer,
            _text[start.._position],
            isDecimal ? 0 : sign * value);
        return !isDecimal || (whole <= MaximumWholeDigits && fraction is >= 1 and <= MaximumFractionDigits);
    }

    private int TakeDigits(out long value)
    {
        value = 0;
        var start = _position;
        while (!IsAtEnd && char.IsAsciiDigit(_text[_position]))
        {
            // More digits than fit are refused by their number.
            value = unchecked((value * 10) + (_text[_position] - '0'));
            _position++;
        }

        return _position - start;
    }

    private ReadOnlySpan<char> TakeWhile(SearchValues<char> characters)
    {
        var rest = Rest;
        var length = rest.IndexOfAnyExcept(characters);
        var taken = length < 0 ? rest : rest[..length];
        _position += taken.Length;
        return taken;
    }

    private void SkipWhitespace()
    {
        while (TryTake(' ') || TryTake('\t'))
        {
        }
    }
}
