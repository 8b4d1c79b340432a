using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Webhooks;

/// <summary>A place in a JSON document (RFC 6901).</summary>
internal sealed class JsonPointer
{
    public const int MaxLength = 256;

    private readonly string[] _tokens;

    private JsonPointer(string text, string[] tokens)
    {
        Text = text;
        _tokens = tokens;
    }

    public string Text { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out JsonPointer? pointer)
    {
        pointer = null;
        if (text is null || text.Length > MaxLength || (text.Length > 0 && text[0] != '/'))
            return false;

        string[] tokens = text.Length == 0 ? [] : text[1..].Split('/');
        for (var i = 0; i < tokens.Length; i++)
        {
            if (Unescape(tokens[i]) is not { } token)
                return false;
            tokens[i] = token;
        }

        pointer = new JsonPointer(text, tokens);
        return true;
    }

    public bool TryFind(JsonElement root, out JsonElement found)
    {
        found = root;
        foreach (var token in _tokens)
        {
            switch (found.ValueKind)
            {
                case JsonValueKind.Object when found.TryGetProperty(token, out var value):
                    found = value;
                    break;
                case JsonValueKind.Array when TryReadIndex(token, out var index) && index < found.GetArrayLength():
                    found = found[index];
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    // "~" stands only before 0 and 1. "~1" goes first, so that "~01" becomes "~1" and not "/".
    private static string? Unescape(string token)
    {
        for (var at = token.IndexOf('~', StringComparison.Ordinal); at >= 0;)
        {
            if (at + 1 == token.Length || token[at + 1] is not ('0' or '1'))
                return null;
            at = token.IndexOf('~', at + 1);
        }

        return token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
    }

    // Digits without leading zeros; "-", the place after the last, holds nothing.
    private static bool TryReadIndex(string token, out int index)
    {
        index = -1;
        return !(token.Length > 1 && token[0] == '0')
               && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out index);
    }
}
