using System.Globalization;

namespace Webhooks;

/// <summary>Makes text from outside fit for one line of a log or a table.</summary>
internal static class Printable
{
    private const char Replacement = '\uFFFD';

    /// <summary>The beginning of the text, line breaks and tabs as spaces, what can't be seen as U+FFFD.</summary>
    public static string? Text(ReadOnlySpan<char> text, int maxLength)
    {
        if (text.Length > maxLength)
            text = char.IsHighSurrogate(text[maxLength - 1]) ? text[..(maxLength - 1)] : text[..maxLength];
        return text.IsEmpty ? null : string.Create(text.Length, text, Fill);
    }

    private static void Fill(Span<char> target, ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                target[i] = c;
                target[++i] = text[i];
                continue;
            }

            target[i] = c is '\r' or '\n' or '\t' ? ' ' : IsVisible(c) ? c : Replacement;
        }
    }

    private static bool IsVisible(char c) => c is >= ' ' and <= '~'
        || char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
